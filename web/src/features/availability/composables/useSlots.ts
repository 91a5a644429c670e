import { useQuery } from '@pinia/colada'
import { computed, type ComputedRef, type Ref } from 'vue'
import type { Slots } from '@/shared/api/types'
import { daysAhead } from '@/shared/formats/moments'
import { viewerZone } from '@/shared/formats/viewer-zone'
import { useNow } from '@/shared/time/now'
import { fetchDays, PAGE_DAYS, slotsQuery } from '../queries'
import { viewerDays } from '../slots'

/** No schedule reaches further. */
const MOST_DAYS = 90

/** A doctor's slots as days of the viewer's: the first days at once, more on demand, and fresh ones when it matters. */
export function useSlots(doctorId: Readonly<Ref<string>>) {
  const zone = viewerZone()
  const now = useNow(30_000)
  /** How many days the next call adds; otherwise it asks anew for all that is shown. */
  let wanted = 0

  const {
    data,
    error: failure,
    isLoading,
    refetch,
  } = useQuery(() => {
    const id = doctorId.value
    const anew = slotsQuery(id)
    return { ...anew, query: (context) => (wanted > 0 ? fetchDays(id, wanted, slots.value) : anew.query(context)) }
  })
  const slots: ComputedRef<Slots | null> = computed(() => data.value ?? null)
  const days = computed(() => (slots.value ? viewerDays(slots.value, zone, now.value) : []))
  const next = computed(() => slots.value?.nextAvailableAt ?? null)
  const moreFailed = computed(() => failure.value !== null && slots.value !== null)
  const canLoadMore = computed(() => slots.value !== null && slots.value.days.length < MOST_DAYS)

  async function more(count: number): Promise<void> {
    if (!slots.value || isLoading.value) return
    wanted = Math.min(count, MOST_DAYS - slots.value.days.length)
    const asked = refetch()
    wanted = 0
    await asked
  }
  const loadMore = () => more(PAGE_DAYS)

  /** Brings the day of a slot further ahead into sight. */
  async function reach(startsAt: string): Promise<void> {
    // One day for the difference of the zones, one because today counts.
    const missing = daysAhead(startsAt, now.value, zone) + 2 - (slots.value?.days.length ?? 0)
    if (missing > 0) await more(missing)
  }

  return {
    zone,
    slots,
    days,
    next,
    failure,
    isLoading,
    moreFailed,
    canLoadMore,
    load: () => refetch(),
    loadMore,
    reach,
  }
}

export type SlotsInSight = ReturnType<typeof useSlots>
