import { describe, expect, it } from 'vitest'
import { ageOn, dayOf, daysBetween } from './days'

describe('days', () => {
  it('are those of the zone', () => {
    const lateInLondon = Date.parse('2026-11-23T18:00:00Z')
    expect(dayOf(lateInLondon, 'Asia/Jakarta')).toBe('2026-11-24')
    expect(dayOf(lateInLondon, 'Europe/London')).toBe('2026-11-23')
  })

  it('count forwards and backwards, over months and leap days', () => {
    expect(daysBetween('2026-11-24', '2026-12-02')).toBe(8)
    expect(daysBetween('2026-11-24', '2026-11-21')).toBe(-3)
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
  })

  it.each([
    ['2023-09-24', { years: 3, months: 2 }],
    ['2023-09-25', { years: 3, months: 1 }],
    ['2026-11-24', { years: 0, months: 0 }],
    ['2026-10-31', { years: 0, months: 0 }],
    ['2025-11-24', { years: 1, months: 0 }],
  ])('somebody born on %s is %o', (born, age) => expect(ageOn('2026-11-24', born)).toEqual(age))

  it('nobody has an age before being born', () => expect(ageOn('2026-11-24', '2026-11-25')).toBeNull())
})
