import { t, useText } from '@/shared/i18n'
import { serverNow } from '@/shared/time/server-clock'
import { countdown } from './countdown'
import { duration } from './duration'
import * as moments from './moments'
import * as numbers from './numbers'
import { rupiah } from './rupiah'
import { viewerZone } from './viewer-zone'

/** Every format bound to the viewer's language and zone; used inside templates, it follows a change of language. */
export function useFormats() {
  const { locale } = useText()
  const zone = viewerZone()

  /** `Hari ini 16.30 WIB`, `Besok 09.00 WIB`, `Sel, 24 Nov 09.00 WIB`: when somebody has to be there. */
  function appointment(at: moments.Instant, now: moments.Instant = serverNow()): string {
    const said = appointmentInText(at, now)
    return said.charAt(0).toLocaleUpperCase(locale.value) + said.slice(1)
  }

  /** The same in the middle of a sentence: `hari ini 16.30 WIB`. */
  function appointmentInText(at: moments.Instant, now: moments.Instant = serverNow()): string {
    const ahead = moments.daysAhead(at, now, zone)
    const time = moments.time(at, zone, locale.value)
    if (ahead === 0) return t('app.today', { time })
    if (ahead === 1) return t('app.tomorrow', { time })
    return `${moments.day(at, zone, locale.value)} ${time}`
  }

  return {
    zone,
    rupiah,
    count: (value: number) => numbers.count(value, locale.value),
    compact: (value: number) => numbers.compact(value, locale.value),
    rating: (value: number) => numbers.rating(value, locale.value),
    basisPoints: (value: number) => numbers.basisPoints(value, locale.value),
    clock: (at: moments.Instant) => moments.clock(at, zone, locale.value),
    time: (at: moments.Instant) => moments.time(at, zone, locale.value),
    day: (at: moments.Instant) => moments.day(at, zone, locale.value),
    date: (at: moments.Instant) => moments.date(at, zone, locale.value),
    /** A day without an hour, such as a birthday, is the same in every zone. */
    calendarDay: (day: string) => moments.date(day, 'UTC', locale.value),
    monthName: (month: number) => moments.monthName(month, locale.value),
    longDate: (at: moments.Instant) => moments.longDate(at, zone, locale.value),
    recent: (at: moments.Instant) => moments.recent(at, serverNow(), zone, locale.value),
    appointment,
    appointmentInText,
    fullDay: (at: moments.Instant) => moments.fullDay(at, zone, locale.value),
    timeRange: (from: moments.Instant, to: moments.Instant) => moments.timeRange(from, to, zone, locale.value),
    duration: (milliseconds: number) => duration(milliseconds, locale.value),
    countdown: (milliseconds: number) => countdown(milliseconds, locale.value),
    zoneLabel: (at: moments.Instant) => moments.zoneLabel(zone, at),
  }
}
