/**
 * A doctor's slots as the viewer meets them. The server speaks in days of the doctor's zone; people choose among days of their own.
 * Pure: the time is handed in.
 */
import type { Slot, Slots, Zone } from '@/shared/api/types'
import { addDays, dayKey, hourOf, instantOfDay, type Instant } from '@/shared/formats/moments'

/** The zones that doctors practise in, and how far they are ahead of UTC. None of them knows summer time. */
export const PRACTICE_ZONES: Record<Zone, number> = { 'Asia/Jakarta': 7, 'Asia/Makassar': 8, 'Asia/Jayapura': 9 }

export const DAY_PARTS = ['morning', 'afternoon', 'evening'] as const
export type DayPart = (typeof DAY_PARTS)[number]

/** A day of the viewer's, with the slots that begin on it. */
export interface ViewerDay {
  key: string
  slots: Slot[]
  free: number
}

/** The days that were asked for one after the other, as one answer. What was said last about the doctor stands. */
export function joined(before: Slots | null, more: Slots): Slots {
  return before ? { ...more, days: [...before.days, ...more.days] } : more
}

/** The day to ask for next, in the doctor's zone. */
export function dayAfter(slots: Slots): string | null {
  const last = slots.days.at(-1)
  return last ? addDays(last.date, 1) : null
}

/** Up to when the slots are known: the doctor's midnight after the last day. */
function knownUntil(slots: Slots): number | null {
  const next = dayAfter(slots)
  return next ? Date.parse(instantOfDay(next)) - (12 + PRACTICE_ZONES[slots.timeZone]) * 3_600_000 : null
}

/**
 * From the viewer's today on, every day of which all slots are known. The end of what was fetched is part of a day for viewers in
 * another zone; showing that part would claim that there is no more.
 */
export function viewerDays(slots: Slots, zone: string, now: Instant): ViewerDay[] {
  const until = knownUntil(slots)
  if (until === null) return []
  const all = slots.days.flatMap((day) => day.slots)
  const days: ViewerDay[] = []
  for (let key = dayKey(now, zone), end = dayKey(until, zone); key < end; key = addDays(key, 1)) {
    const its = all.filter((slot) => dayKey(slot.startsAt, zone) === key)
    days.push({ key, slots: its, free: its.filter((slot) => slot.available).length })
  }
  return days
}

export function dayPartOf(startsAt: Instant, zone: string): DayPart {
  const hour = hourOf(startsAt, zone)
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}

/** The slots of one day by its parts; a part without any is left out. */
export function byDayPart(slots: readonly Slot[], zone: string): { part: DayPart; slots: Slot[] }[] {
  return DAY_PARTS.map((part) => ({
    part,
    slots: slots.filter((slot) => dayPartOf(slot.startsAt, zone) === part),
  })).filter((group) => group.slots.length > 0)
}

/** The day to begin with: the first that has room, else the first with slots at all. */
export function firstDay(days: readonly ViewerDay[]): string | null {
  const found = days.find((day) => day.free > 0) ?? days.find((day) => day.slots.length > 0)
  return found?.key ?? null
}
