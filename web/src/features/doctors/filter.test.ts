import { describe, expect, it } from 'vitest'
import { addressOf, NOTHING, partsOf, readFilter, searchOf, without, type Filter } from './filter'

const everything: Filter = {
  words: 'nadia',
  speciality: 'Kulit dan alergi',
  species: 'cat',
  minPrice: 30_000,
  maxPrice: 60_000,
  minRating: 4.5,
  onlineOnly: true,
  freeToday: true,
  sort: 'price',
}
const address = {
  cari: 'nadia',
  keahlian: 'Kulit dan alergi',
  hewan: 'cat',
  min: '30000',
  maks: '60000',
  rating: '4.5',
  online: '1',
  hariini: '1',
  urut: 'price',
}
const given = (query: object) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))

describe('the filter of the directory', () => {
  it('is the address, all of it', () => {
    expect(readFilter(address)).toEqual(everything)
    expect(
      Object.fromEntries(Object.entries(addressOf(everything)).map(([key, value]) => [key, String(value)])),
    ).toEqual(address)
  })

  it('leaves the address clean when nothing is asked', () => {
    expect(given(addressOf(NOTHING))).toEqual({})
    expect(readFilter({})).toEqual(NOTHING)
  })

  it('takes what the address says wrongly for nothing', () => {
    expect(
      readFilter({
        hewan: 'dragon',
        min: '-1',
        maks: '1e9',
        rating: '6',
        online: 'ya',
        urut: 'online',
        cari: ['a', 'b'],
      }),
    ).toEqual(NOTHING)
    expect(readFilter({ min: '30000.5', rating: '0' })).toEqual(NOTHING)
    expect(readFilter({ cari: 'x'.repeat(200) }).words).toHaveLength(80)
  })

  it('asks the search in its own words', () => {
    expect(searchOf(everything)).toEqual({
      q: 'nadia',
      specialization: 'Kulit dan alergi',
      species: 'cat',
      minPrice: '30000',
      maxPrice: '60000',
      minRating: '4.5',
      online: 'true',
      freeToday: 'true',
      sort: 'price',
    })
    expect(given(searchOf(NOTHING))).toEqual({ sort: 'rating' })
  })

  it('knows what narrows the list down, the order of it aside', () => {
    expect(partsOf(NOTHING)).toEqual([])
    expect(partsOf({ ...NOTHING, sort: 'price' })).toEqual([])
    expect(partsOf({ ...NOTHING, maxPrice: 50_000, onlineOnly: true })).toEqual(['price', 'online'])
  })

  it('lets go of one part and keeps the rest', () => {
    expect(without(everything, 'price')).toEqual({ ...everything, minPrice: null, maxPrice: null })
    expect(partsOf(without(everything, 'words'))).not.toContain('words')
  })
})
