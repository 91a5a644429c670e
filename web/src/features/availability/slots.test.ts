import { describe, expect, it } from 'vitest'
import type { Slots } from '@/shared/api/types'
import { byDayPart, dayAfter, dayPartOf, firstDay, joined, viewerDays } from './slots'
import { slot, slots } from './testing'

const NOW = '2026-11-24T01:00:00.000Z'

/** Three of a doctor's days in Jakarta: 07.00 and 23.30 on each. */
const jakarta: Slots = slots({
  '2026-11-24': [slot('2026-11-24T00:00:00.000Z', false), slot('2026-11-24T16:30:00.000Z')],
  '2026-11-25': [slot('2026-11-25T00:00:00.000Z'), slot('2026-11-25T16:30:00.000Z')],
  '2026-11-26': [],
})

const shown = (answer: Slots, zone: string, now = NOW) =>
  viewerDays(answer, zone, now).map(({ key, slots: its, free }) => [key, its.length, free])

describe('the viewer’s days', () => {
  it('are the doctor’s own in the same zone', () => {
    expect(shown(jakarta, 'Asia/Jakarta')).toEqual([
      ['2026-11-24', 2, 1],
      ['2026-11-25', 2, 2],
      ['2026-11-26', 0, 0],
    ])
  })

  it('take late slots over to the next day further east, and leave out the day that is known in part', () => {
    expect(shown(jakarta, 'Asia/Jayapura')).toEqual([
      ['2026-11-24', 1, 0],
      ['2026-11-25', 2, 2],
      ['2026-11-26', 1, 1],
    ])
  })

  it('begin with the viewer’s today further west', () => {
    expect(shown(jakarta, 'Europe/London', '2026-11-23T20:00:00.000Z')).toEqual([
      ['2026-11-23', 0, 0],
      ['2026-11-24', 2, 1],
      ['2026-11-25', 2, 2],
    ])
    expect(shown(jakarta, 'America/New_York', NOW)).toEqual([
      ['2026-11-23', 1, 0],
      ['2026-11-24', 2, 2],
      ['2026-11-25', 1, 1],
    ])
  })

  it('keep a day of 25 hours whole', () => {
    // New York sets its clocks back on 1 November: 05:30 UTC is 01:30 there, and so is 06:30.
    const october = slots({
      '2026-11-01': [slot('2026-11-01T05:30:00.000Z'), slot('2026-11-01T06:30:00.000Z')],
      '2026-11-02': [slot('2026-11-02T04:30:00.000Z')],
      '2026-11-03': [],
    })
    expect(shown(october, 'America/New_York', '2026-11-01T04:10:00.000Z')).toEqual([
      ['2026-11-01', 3, 3],
      ['2026-11-02', 0, 0],
    ])
  })

  it('are none as long as nothing is known', () => {
    expect(viewerDays(slots({}), 'Asia/Jakarta', NOW)).toEqual([])
  })
})

describe('asking for more', () => {
  it('goes on after the last day and keeps what is here', () => {
    expect(dayAfter(jakarta)).toBe('2026-11-27')
    const more = slots({ '2026-11-27': [slot('2026-11-27T02:00:00.000Z')] })
    expect(joined(jakarta, more).days.map(({ date }) => date)).toEqual([
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
    ])
    expect(joined(null, more)).toBe(more)
  })
})

describe('a day', () => {
  it('has parts by the viewer’s clock', () => {
    expect(
      [
        '2026-11-24T04:59:00.000Z',
        '2026-11-24T05:00:00.000Z',
        '2026-11-24T11:00:00.000Z',
        '2026-11-23T17:00:00.000Z',
      ].map((at) => dayPartOf(at, 'Asia/Jakarta')),
    ).toEqual(['morning', 'afternoon', 'evening', 'morning'])
    expect(dayPartOf('2026-11-24T05:00:00.000Z', 'Europe/London')).toBe('morning')
  })

  it('shows only the parts that have slots', () => {
    const groups = byDayPart(
      [slot('2026-11-24T02:00:00.000Z'), slot('2026-11-24T13:00:00.000Z', false)],
      'Asia/Jakarta',
    )
    expect(groups.map(({ part, slots: its }) => [part, its.length])).toEqual([
      ['morning', 1],
      ['evening', 1],
    ])
  })

  it('is begun with where there is room, else where there are slots at all', () => {
    const days = viewerDays(jakarta, 'Asia/Jakarta', NOW)
    expect(firstDay(days)).toBe('2026-11-24')
    expect(
      firstDay([
        { key: 'a', slots: [], free: 0 },
        { key: 'b', slots: [slot(NOW, false)], free: 0 },
      ]),
    ).toBe('b')
    expect(firstDay([])).toBeNull()
  })
})
