import { describe, expect, it } from 'vitest'
import { clock, date, day, hourOf, isSameDay, recent, time, zoneLabel } from './moments'
import { basisPoints, count, rating } from './numbers'
import { rupiah } from './rupiah'

describe('rupiah', () => {
  it.each([
    [0, 'Rp0'],
    [950, 'Rp950'],
    [45000, 'Rp45.000'],
    [1840000, 'Rp1.840.000'],
    [-4500, '−Rp4.500'],
  ])('writes %i as %s', (amount, text) => expect(rupiah(amount)).toBe(text))
})

describe('numbers', () => {
  it('uses the comma in Indonesian and the dot in English', () => {
    expect(rating(4.9, 'id')).toBe('4,9')
    expect(rating(5, 'id')).toBe('5,0')
    expect(rating(4.9, 'en')).toBe('4.9')
    expect(count(1240, 'id')).toBe('1.240')
    expect(basisPoints(1250, 'id')).toBe('12,5%')
    expect(basisPoints(1000, 'en')).toBe('10%')
  })
})

describe('moments', () => {
  const at = '2026-11-24T02:12:00.000Z'

  it('names the zone of the viewer', () => {
    expect(time(at, 'Asia/Jakarta', 'id')).toBe('09.12 WIB')
    expect(time(at, 'Asia/Makassar', 'id')).toBe('10.12 WITA')
    expect(time(at, 'Asia/Jayapura', 'id')).toBe('11.12 WIT')
    expect(time(at, 'Asia/Tokyo', 'id')).toBe('11.12 GMT+9')
    expect(zoneLabel('Asia/Kolkata', at)).toBe('GMT+5:30')
  })

  it('writes midnight as 00', () => {
    expect(clock('2026-11-23T17:00:00.000Z', 'Asia/Jakarta', 'id')).toBe('00.00')
    expect(hourOf('2026-11-23T17:00:00.000Z', 'Asia/Jakarta')).toBe(0)
  })

  it('writes days as people here do', () => {
    expect(day(at, 'Asia/Jakarta', 'id')).toBe('Sel, 24 Nov')
    expect(day(at, 'Asia/Jakarta', 'en')).toBe('Tue, 24 Nov')
    expect(day('2026-08-16T20:00:00.000Z', 'Asia/Jakarta', 'id')).toBe('Sen, 17 Agu')
    expect(date(at, 'Asia/Jakarta', 'id')).toBe('24 Nov 2026')
  })

  it('lets the viewer’s zone decide what today is', () => {
    expect(isSameDay('2026-11-24T16:59:00Z', '2026-11-24T02:00:00Z', 'Asia/Jakarta')).toBe(true)
    expect(isSameDay('2026-11-24T17:00:00Z', '2026-11-24T02:00:00Z', 'Asia/Jakarta')).toBe(false)
    expect(recent(at, '2026-11-24T05:00:00Z', 'Asia/Jakarta', 'id')).toBe('09.12')
    expect(recent(at, '2026-11-25T05:00:00Z', 'Asia/Jakarta', 'id')).toBe('Sel, 24 Nov')
  })
})
