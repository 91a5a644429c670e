import { describe, expect, it } from 'vitest'
import {
  languagesOf,
  quoteOf,
  refuseExpiry,
  refuseKind,
  refusePrice,
  refuseSpecies,
  refuseText,
  refuseYears,
  speciesOf,
  textOf,
  wholeNumber,
} from './rules'

it.each([
  ['45000', 45_000],
  ['45.000', 45_000],
  ['Rp 45.000', 45_000],
  ['0', 0],
  ['', null],
  ['12,5', null],
  ['-3', null],
  ['9999999999', null],
])('%s is the number %s', (typed, number) => {
  expect(wholeNumber(typed)).toBe(number)
})

describe('a field', () => {
  it('that has to be there is asked for, and not longer than the server takes', () => {
    expect(refuseText('bio', '  ')).toBe('licensing.refusals.bio')
    expect(refuseText('specialization', 'x'.repeat(81))).toBe('licensing.refusals.long')
    expect(refuseText('issuer', ' PDHI ')).toBeNull()
  })

  it('of years or of money keeps its bounds', () => {
    expect([refuseYears('0'), refuseYears('60')]).toEqual([null, null])
    expect([refuseYears('61'), refuseYears('')]).toEqual(Array(2).fill('licensing.refusals.workExperience'))
    expect([refusePrice('10.000'), refusePrice('10000000')]).toEqual([null, null])
    expect([refusePrice('9.999'), refusePrice('10000001')]).toEqual(Array(2).fill('licensing.refusals.basePrice'))
  })

  it('of a licence is one that we know and that still holds', () => {
    expect([refuseKind('sip'), refuseKind('sim')]).toEqual([null, 'licensing.refusals.kind'])
    expect(refuseExpiry('', '2026-11-24')).toBe('licensing.refusals.expiresOn')
    expect(refuseExpiry('2026-11-23', '2026-11-24')).toBe('licensing.refusals.expired')
    expect(refuseExpiry('2026-11-24', '2026-11-24')).toBeNull()
  })
})

it('several choices are one text and back, whatever else stands in it', () => {
  expect(speciesOf(textOf(['dog', 'cat', 'dragon']))).toEqual(['cat', 'dog'])
  expect(languagesOf('jv,id')).toEqual(['id', 'jv'])
  expect([refuseSpecies(''), refuseSpecies('fish')]).toEqual(['licensing.refusals.species', null])
})

it('the fee is rounded half up to the rupiah, as the server does', () => {
  expect(quoteOf(45_000, 1_250).total).toBe(50_625)
  expect(quoteOf(10_004, 1_250).total).toBe(11_255)
})
