import { describe, expect, it } from 'vitest'
import type { Pet } from '@/shared/api/types'
import { petOf, refuseDue, refuseName, refusePast, refuseSpecies, refuseWeight, valuesOf } from './rules'

const TODAY = '2026-11-24'

const miko: Pet = {
  id: '1',
  name: 'Miko',
  species: 'cat',
  breed: '',
  sex: 'male',
  neutered: false,
  birthDate: '2023-09-01',
  allergies: 'Ayam',
  notes: '',
  photo: null,
  nextVaccination: null,
  createdAt: '',
  updatedAt: '',
  archivedAt: null,
}

describe('the form of a pet', () => {
  it('wants a name and a kind', () => {
    expect(refuseName('  ')).toBe('pets.refusals.name')
    expect(refuseName('x'.repeat(61))).toBe('pets.refusals.long')
    expect(refuseName('Miko')).toBeNull()
    expect(refuseSpecies('')).toBe('pets.refusals.species')
    expect(refuseSpecies('dragon')).toBe('pets.refusals.species')
    expect(refuseSpecies('cat')).toBeNull()
  })

  it('takes no day that has not come', () => {
    expect(refusePast('2026-11-25', TODAY, false)).toBe('pets.refusals.future')
    expect(refusePast(TODAY, TODAY, false)).toBeNull()
    expect(refusePast('', TODAY, false)).toBeNull()
    expect(refusePast('', TODAY, true)).toBe('pets.refusals.day')
    expect(refusePast('0026-11-24', TODAY, true)).toBe('pets.refusals.day')
  })

  it('has the next vaccination after the last', () => {
    expect(refuseDue(TODAY, TODAY)).toBe('pets.refusals.due')
    expect(refuseDue('', TODAY)).toBeNull()
    expect(refuseDue('2027-11-24', TODAY)).toBeNull()
  })

  it('knows a weight', () => {
    expect(refuseWeight('4,6')).toBeNull()
    expect(refuseWeight('berat')).toBe('pets.refusals.weight')
  })

  it('sends what it was filled with, and nothing for what is empty', () => {
    expect(petOf(valuesOf(miko))).toEqual({
      name: 'Miko',
      species: 'cat',
      breed: null,
      sex: 'male',
      neutered: false,
      birthDate: '2023-09-01',
      allergies: 'Ayam',
      notes: null,
    })
    expect(petOf({ ...valuesOf(miko), neutered: '', birthDate: '' })).toMatchObject({ neutered: null, birthDate: null })
  })
})
