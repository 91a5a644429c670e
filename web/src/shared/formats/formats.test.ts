import { describe, expect, it } from 'vitest'
import { duration } from './duration'
import {
  addDays,
  clock,
  date,
  day,
  dayKey,
  daysAhead,
  fullDay,
  hourOf,
  instantOfDay,
  isSameDay,
  recent,
  time,
  timeRange,
  weekdayName,
  zoneLabel,
} from './moments'
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

describe('moments elsewhere', () => {
  const winter = '2026-12-01T01:00:00.000Z'
  const summer = '2026-07-01T01:00:00.000Z'

  it('names a zone as it is called then', () => {
    expect([winter, summer].map((at) => time(at, 'Europe/London', 'id'))).toEqual(['01.00 GMT', '02.00 GMT+1'])
    expect([winter, summer].map((at) => time(at, 'America/New_York', 'en'))).toEqual(['20:00 EST', '21:00 EDT'])
    expect([winter, summer].map((at) => time(at, 'Asia/Jayapura', 'id'))).toEqual(['10.00 WIT', '10.00 WIT'])
  })

  it('tells the same moment on another day there', () => {
    expect(
      ['Asia/Jakarta', 'Asia/Jayapura', 'Europe/London', 'America/New_York'].map((zone) =>
        dayKey('2026-11-24T15:30:00.000Z', zone),
      ),
    ).toEqual(['2026-11-24', '2026-11-25', '2026-11-24', '2026-11-24'])
    expect(dayKey(winter, 'America/New_York')).toBe('2026-11-30')
  })

  it('counts days on the calendar, also where the clocks change', () => {
    expect(addDays('2026-10-31', 1)).toBe('2026-11-01')
    expect(addDays('2026-11-01', 1)).toBe('2026-11-02')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    // From Saturday noon to Monday just after midnight, over the night that is an hour longer.
    expect(daysAhead('2026-11-02T05:10:00.000Z', '2026-10-31T16:00:00.000Z', 'America/New_York')).toBe(2)
    expect(daysAhead('2026-11-24T17:00:00.000Z', '2026-11-24T16:59:00.000Z', 'Asia/Jakarta')).toBe(1)
    expect(daysAhead('2026-11-24T17:00:00.000Z', '2026-11-24T16:59:00.000Z', 'Europe/London')).toBe(0)
  })

  it('writes a range with the name of the zone once', () => {
    expect(timeRange('2026-11-24T06:00:00.000Z', '2026-11-24T06:30:00.000Z', 'Asia/Jakarta', 'id')).toBe(
      '13.00–13.30 WIB',
    )
    expect(timeRange('2026-10-25T00:45:00.000Z', '2026-10-25T01:15:00.000Z', 'Europe/London', 'en')).toBe(
      '01:45–01:15 GMT',
    )
  })

  it('writes a day of the calendar without moving it', () => {
    expect(fullDay(instantOfDay('2026-11-24'), 'UTC', 'id')).toBe('Selasa, 24 November')
    expect(weekdayName(instantOfDay('2026-11-24'), 'UTC', 'en')).toBe('Tue')
  })
})

describe('durations', () => {
  const HOUR = 3_600_000

  it.each([
    [51 * HOUR, '2 hari 3 jam'],
    [48 * HOUR + 60_000, '2 hari'],
    [HOUR + 20 * 60_000, '1 jam 20 menit'],
    [HOUR, '1 jam'],
    [12 * 60_000 - 1, '12 menit'],
    [1, '1 menit'],
    [0, '0 menit'],
    [-HOUR, '0 menit'],
  ])('writes %i as %s', (milliseconds, text) => expect(duration(milliseconds, 'id')).toBe(text))

  it('knows one from many in English', () => {
    expect(duration(25 * HOUR, 'en')).toBe('1 day 1 hour')
    expect(duration(50 * HOUR, 'en')).toBe('2 days 2 hours')
  })
})
