/**
 * A vet's hours as they are edited: rows that keep their identity while others come and go, so that what the server refuses by number
 * (`week[3].to`) finds its row again. Pure.
 */
import type { FieldProblem } from '@/shared/api/problem'
import type { Availability, Zone } from '@/shared/api/types'

/** Monday first, as the server counts. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof WEEKDAYS)[number]

export interface HoursRow {
  key: string
  weekday: Weekday
  from: string
  to: string
}

export interface ExceptionRow {
  key: string
  date: string
  isOff: boolean
  from: string
  to: string
}

export interface Draft {
  timeZone: Zone
  slotMinutes: number
  bufferMinutes: number
  minNoticeMinutes: number
  horizonDays: number
  week: HoursRow[]
  exceptions: ExceptionRow[]
}

/** By the place on the page: `slotMinutes`, or a row's key with the field after it, as in `r3.to`. */
export type Errors = Readonly<Record<string, string>>

let made = 0
const newKey = () => `r${(made += 1)}`

/** A field for times has no 24:00; as an end its midnight is the coming one. */
const shownEnd = (to: string) => (to === '24:00' ? '00:00' : to)
const sentEnd = (to: string) => (to === '00:00' ? '24:00' : to)

export function draftOf(availability: Availability): Draft {
  return {
    ...availability,
    week: availability.week.map(({ weekday, from, to }) => ({
      key: newKey(),
      weekday: weekday as Weekday,
      from,
      to: shownEnd(to),
    })),
    exceptions: availability.exceptions.map(({ date, from, to }) => ({
      key: newKey(),
      date,
      isOff: !from && !to,
      from: from ?? '09:00',
      to: shownEnd(to ?? '12:00'),
    })),
  }
}

export function availabilityOf(draft: Draft): Availability {
  return {
    ...draft,
    week: draft.week.map(({ weekday, from, to }) => ({ weekday, from, to: sentEnd(to) })),
    exceptions: draft.exceptions.map(({ date, isOff, from, to }) =>
      isOff ? { date } : { date, from, to: sentEnd(to) },
    ),
  }
}

/** Whether two drafts say the same, whatever their rows are called and in which order they stand. */
export function isSame(one: Draft, other: Draft): boolean {
  const said = (draft: Draft) => {
    const { week, exceptions, ...rules } = availabilityOf(draft)
    return JSON.stringify([
      rules.timeZone,
      rules.slotMinutes,
      rules.bufferMinutes,
      rules.minNoticeMinutes,
      rules.horizonDays,
      ...[week, exceptions].map((rows) => rows.map((row) => JSON.stringify(row)).sort()),
    ])
  }
  return said(one) === said(other)
}

export const hoursOf = (draft: Draft, weekday: Weekday) => draft.week.filter((row) => row.weekday === weekday)

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const endOf = (row: { to: string }) => minutesOf(sentEnd(row.to))

const DAY = 1440
const LONGEST_SUGGESTION = 180

/** Another range on a day: nine to noon first, then three hours after a pause of one, as far as the day goes. */
export function addHours(draft: Draft, weekday: Weekday): Draft {
  const last = hoursOf(draft, weekday).reduce((latest, row) => Math.max(latest, endOf(row)), 0)
  const from = last === 0 ? 540 : Math.min(last + 60, DAY - 60)
  const to = Math.min(from + LONGEST_SUGGESTION, DAY)
  return { ...draft, week: [...draft.week, { key: newKey(), weekday, from: timeOf(from), to: shownEnd(timeOf(to)) }] }
}

export const removeHours = (draft: Draft, key: string): Draft => ({
  ...draft,
  week: draft.week.filter((row) => row.key !== key),
})

/** The hours of one day on others, in place of what they had. */
export function copyDay(draft: Draft, from: Weekday, to: readonly Weekday[]): Draft {
  const targets = to.filter((weekday) => weekday !== from)
  const copies = targets.flatMap((weekday) => hoursOf(draft, from).map((row) => ({ ...row, key: newKey(), weekday })))
  return { ...draft, week: [...draft.week.filter((row) => !targets.includes(row.weekday)), ...copies] }
}

export function addException(draft: Draft, date: string): Draft {
  return {
    ...draft,
    exceptions: [...draft.exceptions, { key: newKey(), date, isOff: true, from: '09:00', to: '12:00' }],
  }
}

export const removeException = (draft: Draft, key: string): Draft => ({
  ...draft,
  exceptions: draft.exceptions.filter((row) => row.key !== key),
})

/** How many slots a week has, exceptions aside. Hours that make no sense yet have none. */
export function slotsAWeek({ week, slotMinutes, bufferMinutes }: Draft): number {
  const slotsIn = (row: HoursRow) => {
    const length = endOf(row) - minutesOf(row.from)
    return length >= slotMinutes ? Math.floor((length - slotMinutes) / (slotMinutes + bufferMinutes)) + 1 : 0
  }
  return week.reduce((sum, row) => sum + slotsIn(row), 0)
}

/** The server's fields, which count the rows that were sent, at their places on the page. */
export function errorsAt(sent: Draft, problems: readonly FieldProblem[]): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const problem of problems) {
    const [, list, index, field] = /^(week|exceptions)\[(\d+)\](?:\.(\w+))?$/.exec(problem.field) ?? []
    const row = list === 'week' || list === 'exceptions' ? sent[list][Number(index)] : undefined
    const place = row ? `${row.key}.${field ?? 'row'}` : problem.field
    errors[place] ??= problem.message
  }
  return errors
}

/** The field that shows an error: one about a whole row is shown at its beginning. */
export const fieldOf = (place: string) => place.replace(/\.(row|weekday)$/, '.from')

/** The numbers to choose from, with the one that is set though we would not offer it. */
export function choices(offered: readonly number[], set: number): number[] {
  return [...new Set([...offered, set])].sort((a, b) => a - b)
}
