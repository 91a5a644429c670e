import { describe, expect, it } from 'vitest'
import { partsOf, quoting } from './quote'

describe('a quote', () => {
  it('is the first lines of the draft, before what was begun', () => {
    expect(quoting('Masih mau minum?', '')).toBe('> Masih mau minum?\n')
    expect(quoting('Masih mau minum?', 'Masih, Dok')).toBe('> Masih mau minum?\nMasih, Dok')
  })

  it('takes the place of another one', () => {
    expect(quoting('Dua', '> Satu\nJawabanku')).toBe('> Dua\nJawabanku')
  })

  it('is short, and has no letter cut in half', () => {
    expect(quoting('a\n\nb\nc\nd', '')).toBe('> a\n> b\n> c…\n')
    expect(quoting('🐈'.repeat(300), '')).toBe(`> ${'🐈'.repeat(160)}…\n`)
  })

  it('of an answer has the answer, not what that quoted', () => {
    expect(quoting('> Satu\nDua', '')).toBe('> Dua\n')
    expect(quoting('> Satu', '')).toBe('> Satu\n')
  })

  it('is told from the text', () => {
    expect(partsOf('> Satu\n> Dua\nTiga\n> Empat')).toEqual({ quote: 'Satu\nDua', text: 'Tiga\n> Empat' })
    expect(partsOf('5 > 4\n> 3')).toEqual({ quote: null, text: '5 > 4\n> 3' })
    expect(partsOf('> Satu')).toEqual({ quote: 'Satu', text: '' })
    expect(partsOf(quoting('Satu\nDua', 'Tiga'))).toEqual({ quote: 'Satu\nDua', text: 'Tiga' })
  })
})
