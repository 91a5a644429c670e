/** Slots and hours for the tests of this feature and of those that use it. */
import type { Availability, Slot, Slots } from '@/shared/api/types'

export function slot(startsAt: string, available = true): Slot {
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + 30 * 60_000).toISOString(), available }
}

export function slots(days: Record<string, Slot[]>, fields: Partial<Slots> = {}): Slots {
  const next = Object.values(days)
    .flat()
    .find(({ available }) => available)
  return {
    timeZone: 'Asia/Jakarta',
    slotMinutes: 30,
    days: Object.entries(days).map(([date, its]) => ({ date, slots: its })),
    nextAvailableAt: next?.startsAt ?? null,
    ...fields,
  }
}

export function availability(fields: Partial<Availability> = {}): Availability {
  return {
    timeZone: 'Asia/Jakarta',
    slotMinutes: 30,
    bufferMinutes: 0,
    minNoticeMinutes: 60,
    horizonDays: 14,
    week: [],
    exceptions: [],
    ...fields,
  }
}
