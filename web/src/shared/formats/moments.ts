/** Points in time as people here write them. All take the zone and the language, and know nothing of the clock. */
import type { Locale } from '@/shared/i18n/locale'

export type Instant = string | number | Date

/** Indonesia's three zones by the names of their places; elsewhere the browser knows. */
const INDONESIAN_ZONES: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
}

const WEEKDAYS = {
  id: ['Min', 'Sen', 'Sel', 'Rab', 'Kam', 'Jum', 'Sab'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const MONTHS = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}

interface Parts {
  year: number
  month: number
  day: number
  weekday: number
  hour: string
  minute: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

function partsOf(instant: Instant, zone: string): Parts {
  const found: Record<string, string> = {}
  for (const part of formatterFor(zone).formatToParts(new Date(instant))) found[part.type] = part.value
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)]
  return {
    year,
    month,
    day,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    hour: found.hour ?? '',
    minute: found.minute ?? '',
  }
}

const named = (list: Record<Locale, string[]>, locale: Locale, index: number) => list[locale][index] ?? ''

/** The hour of the day, 0 to 23, for greetings. */
export function hourOf(instant: Instant, zone: string): number {
  return Number(partsOf(instant, zone).hour)
}

/** `WIB`, `WITA`, `WIT`; elsewhere the zone's own short name then, such as `EST` or `EDT`, and `GMT+9` where it has none. */
export function zoneLabel(zone: string, instant: Instant): string {
  const own = INDONESIAN_ZONES[zone]
  if (own) return own
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(
    new Date(instant),
  )
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
}

/** `09.12`, or `09:12` in English. For places where the zone stands nearby. */
export function clock(instant: Instant, zone: string, locale: Locale): string {
  const { hour, minute } = partsOf(instant, zone)
  return `${hour}${locale === 'id' ? '.' : ':'}${minute}`
}

/** `09.12 WIB`. */
export function time(instant: Instant, zone: string, locale: Locale): string {
  return `${clock(instant, zone, locale)} ${zoneLabel(zone, instant)}`
}

/** `Sel, 24 Nov`. */
export function day(instant: Instant, zone: string, locale: Locale): string {
  const parts = partsOf(instant, zone)
  return `${named(WEEKDAYS, locale, parts.weekday)}, ${parts.day} ${named(MONTHS, locale, parts.month - 1)}`
}

/** `24 Nov 2026`: where the year matters, as on licences and receipts. */
export function date(instant: Instant, zone: string, locale: Locale): string {
  const parts = partsOf(instant, zone)
  return `${parts.day} ${named(MONTHS, locale, parts.month - 1)} ${parts.year}`
}

/** `Okt`, by the month's number from 0. */
export function monthName(month: number, locale: Locale): string {
  return named(MONTHS, locale, month)
}

/** `Selasa, 24 November 2026`: the head of a page about today. */
export function longDate(instant: Instant, zone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(instant))
}

/** `Selasa, 24 November`: over the times of one day. */
export function fullDay(instant: Instant, zone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(new Date(instant))
}

/** `Sel`: the head of a day in a row of days. */
export function weekdayName(instant: Instant, zone: string, locale: Locale): string {
  return named(WEEKDAYS, locale, partsOf(instant, zone).weekday)
}

/** `13.00–13.30 WIB`. */
export function timeRange(from: Instant, to: Instant, zone: string, locale: Locale): string {
  return `${clock(from, zone, locale)}–${time(to, zone, locale)}`
}

/** Whether two moments fall on the same day for the viewer. */
export function isSameDay(one: Instant, other: Instant, zone: string): boolean {
  return dayKey(one, zone) === dayKey(other, zone)
}

/** `2026-11-24`: which day it is there, for comparing and for asking the server. */
export function dayKey(instant: Instant, zone: string): string {
  const { year, month, day } = partsOf(instant, zone)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The middle of a day in UTC, for writing a `dayKey` with the formats above and the zone `UTC`. */
export const instantOfDay = (key: string) => `${key}T12:00:00.000Z`

/** The day so many days later. Days are counted on the calendar: one with 23 or 25 hours is a day as well. */
export function addDays(key: string, days: number): string {
  const noon = new Date(instantOfDay(key))
  noon.setUTCDate(noon.getUTCDate() + days)
  return dayKey(noon, 'UTC')
}

/** How many days lie between: 0 on the same day, 1 for tomorrow. */
export function daysAhead(instant: Instant, now: Instant, zone: string): number {
  return Math.round(
    (Date.parse(instantOfDay(dayKey(instant, zone))) - Date.parse(instantOfDay(dayKey(now, zone)))) / 86_400_000,
  )
}

/** `09.12` today, `Sel, 24 Nov` before: what a list of conversations shows. */
export function recent(instant: Instant, now: Instant, zone: string, locale: Locale): string {
  return isSameDay(instant, now, zone) ? clock(instant, zone, locale) : day(instant, zone, locale)
}
