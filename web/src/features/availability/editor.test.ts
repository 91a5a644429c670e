import { describe, expect, it } from 'vitest'
import {
  addException,
  addHours,
  availabilityOf,
  choices,
  copyDay,
  draftOf,
  errorsAt,
  fieldOf,
  hoursOf,
  isSame,
  removeException,
  removeHours,
  slotsAWeek,
  type Draft,
} from './editor'
import { availability } from './testing'

const morning = { weekday: 1, from: '09:00', to: '12:00' }
const late = { weekday: 5, from: '19:00', to: '24:00' }
const off = { date: '2026-12-25' }
const short = { date: '2026-12-24', from: '09:00', to: '10:00' }

const times = (draft: Draft, weekday: Parameters<typeof hoursOf>[1]) =>
  hoursOf(draft, weekday).map(({ from, to }) => `${from}-${to}`)

describe('a draft', () => {
  it('says what it was made of', () => {
    const saved = availability({ week: [morning, late], exceptions: [off, short] })
    expect(availabilityOf(draftOf(saved))).toEqual(saved)
  })

  it('shows the end of the day as fields for times can', () => {
    const draft = draftOf(
      availability({ week: [late], exceptions: [{ date: '2026-12-31', from: '18:00', to: '24:00' }] }),
    )
    expect(draft.week[0]?.to).toBe('00:00')
    expect(draft.exceptions[0]?.to).toBe('00:00')
  })

  it('is the same as another that says the same in another order', () => {
    const draft = draftOf(availability({ week: [morning, late], exceptions: [off, short] }))
    expect(isSame(draft, draftOf(availability({ week: [late, morning], exceptions: [short, off] })))).toBe(true)
    expect(isSame(draft, { ...draft, horizonDays: 30 })).toBe(false)
    expect(isSame(draft, addHours(draft, 2))).toBe(false)
  })
})

describe('hours', () => {
  it('begin at nine, go on after a pause, and end with the day', () => {
    const draft = [1, 1, 1, 1].reduce((sofar) => addHours(sofar, 1), draftOf(availability()))
    expect(times(draft, 1)).toEqual(['09:00-12:00', '13:00-16:00', '17:00-20:00', '21:00-00:00'])
    expect(times(addHours(draft, 1), 1).at(-1)).toBe('23:00-00:00')
  })

  it('are taken away one by one', () => {
    const draft = addHours(addHours(draftOf(availability()), 1), 1)
    expect(times(removeHours(draft, draft.week[0]?.key ?? ''), 1)).toEqual(['13:00-16:00'])
  })

  it('of a day can be copied to others, which lose their own', () => {
    const draft = copyDay(draftOf(availability({ week: [morning, late] })), 1, [1, 2, 5])
    expect([1, 2, 5].map((day) => times(draft, day as 1))).toEqual([['09:00-12:00'], ['09:00-12:00'], ['09:00-12:00']])
    expect(new Set(draft.week.map(({ key }) => key)).size).toBe(3)
  })

  it('hold so many slots, with the pauses between them', () => {
    expect(slotsAWeek(draftOf(availability({ week: [morning, late] })))).toBe(16)
    expect(slotsAWeek(draftOf(availability({ week: [morning], bufferMinutes: 15 })))).toBe(4)
    expect(slotsAWeek(draftOf(availability({ week: [{ weekday: 1, from: '12:00', to: '12:20' }] })))).toBe(0)
    expect(
      slotsAWeek({ ...draftOf(availability({ week: [morning] })), week: [{ key: 'r', weekday: 1, from: '', to: '' }] }),
    ).toBe(0)
  })
})

describe('exceptions', () => {
  it('are days off until they get hours', () => {
    const draft = addException(draftOf(availability()), '2026-12-25')
    expect(availabilityOf(draft).exceptions).toEqual([off])
    const working = { ...draft, exceptions: draft.exceptions.map((row) => ({ ...row, isOff: false })) }
    expect(availabilityOf(working).exceptions).toEqual([{ date: '2026-12-25', from: '09:00', to: '12:00' }])
    expect(removeException(draft, draft.exceptions[0]?.key ?? '').exceptions).toEqual([])
  })
})

describe('refusals', () => {
  it('come to the rows that were sent, the first word of each', () => {
    const draft = draftOf(availability({ week: [morning, late], exceptions: [off] }))
    const errors = errorsAt(draft, [
      { field: 'slotMinutes', code: 'out_of_range', message: 'a' },
      { field: 'week[1]', code: 'overlaps', message: 'b' },
      { field: 'week[0].to', code: 'before_start', message: 'c' },
      { field: 'exceptions[0].date', code: 'invalid_format', message: 'd' },
      { field: 'exceptions', code: 'too_many', message: 'e' },
      { field: 'week[0].to', code: 'other', message: 'f' },
    ])
    const [first, second] = draft.week.map(({ key }) => key)
    expect(errors).toEqual({
      slotMinutes: 'a',
      [`${second}.row`]: 'b',
      [`${first}.to`]: 'c',
      [`${draft.exceptions[0]?.key}.date`]: 'd',
      exceptions: 'e',
    })
    expect([`${second}.row`, `${first}.to`, 'slotMinutes'].map(fieldOf)).toEqual([
      `${second}.from`,
      `${first}.to`,
      'slotMinutes',
    ])
  })
})

describe('choices', () => {
  it('hold the number that is set', () => {
    expect(choices([10, 30, 60], 25)).toEqual([10, 25, 30, 60])
    expect(choices([10, 30], 30)).toEqual([10, 30])
  })
})
