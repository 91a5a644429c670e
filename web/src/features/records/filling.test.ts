import { describe, expect, it } from 'vitest'
import { filled, joined } from './filling'

describe('filled', () => {
  const names = { owner: 'Rara', pet: 'Miko' }

  it('puts the names in, as often as they are asked for', () => {
    expect(filled('Halo Kak {pemilik}, {hewan} sudah makan? Jaga {Hewan} ya.', names)).toBe(
      'Halo Kak Rara, Miko sudah makan? Jaga Miko ya.',
    )
  })

  it('takes a name as it is written, and leaves other braces', () => {
    expect(filled('{hewan} {dosis}', { owner: 'x', pet: '$& {pemilik}' })).toBe('$& {pemilik} {dosis}')
  })
})

describe('joined', () => {
  it('follows what was begun', () => {
    expect(joined('', 'Halo.')).toBe('Halo.')
    expect(joined('Selamat pagi. \n', 'Halo.')).toBe('Selamat pagi.\nHalo.')
  })
})
