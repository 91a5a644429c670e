import { describe, expect, it } from 'vitest'
import { stepsOf } from './steps'

describe('stepsOf', () => {
  it('reads lines with numbers or dots as points', () => {
    expect(stepsOf('1. Beri air.\n\n2) Makanan lunak.')).toEqual(['Beri air.', 'Makanan lunak.'])
    expect(stepsOf('- Beri air.\n• Makanan lunak.')).toEqual(['Beri air.', 'Makanan lunak.'])
  })

  it('leaves running text, and figures in it, alone', () => {
    expect(stepsOf('Beri air.\nMakanan lunak.')).toBeNull()
    expect(stepsOf('1. Beri air.\nTiap 30 menit.')).toBeNull()
    expect(stepsOf('2.5 ml tiap pagi\n5 ml tiap malam')).toBeNull()
    expect(stepsOf('- Beri air.')).toBeNull()
    expect(stepsOf('')).toBeNull()
  })
})
