/** What is asked about doctors' times, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import type { Slots } from '@/shared/api/types'
import { fetchAvailability, fetchSlots } from './api'
import { dayAfter, joined } from './slots'

/** Five days are in sight; a viewer in another zone loses the last one to its missing hours. */
export const PAGE_DAYS = 8
/** What the server gives at once. */
const MOST_AT_ONCE = 31
/** For who comes back to the tab; who comes back to the page asks at once, since others take times too. */
const STALE_AFTER_MS = 60_000

/** So many more days of a doctor's slots than are known. */
export async function fetchDays(doctorId: string, count: number, known: Slots | null): Promise<Slots> {
  const more = joined(
    known,
    await fetchSlots(doctorId, Math.min(count, MOST_AT_ONCE), (known && dayAfter(known)) ?? undefined),
  )
  return count > MOST_AT_ONCE ? fetchDays(doctorId, count - MOST_AT_ONCE, more) : more
}

/** The coming days of a doctor; asked anew, as many as are shown. */
export const slotsQuery = defineQueryOptions((doctorId: string) => ({
  key: ['slots', doctorId],
  query: ({ entry }) =>
    fetchDays(doctorId, Math.max(PAGE_DAYS, (entry.state.value.data as Slots | undefined)?.days.length ?? 0), null),
  staleTime: STALE_AFTER_MS,
  refetchOnMount: 'always',
}))

/** The vet's own hours. Nobody begins to change an old answer, so none is kept. */
export const availabilityQuery = defineQueryOptions({
  key: ['availability'],
  query: () => fetchAvailability(),
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
})
