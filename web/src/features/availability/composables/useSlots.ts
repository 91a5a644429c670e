import { computed, onMounted, onUnmounted, shallowRef, watch, type Ref } from 'vue'
import type { Slots } from '@/shared/api/types'
import { daysAhead } from '@/shared/formats/moments'
import { viewerZone } from '@/shared/formats/viewer-zone'
import { useNow } from '@/shared/time/now'
import { fetchSlots } from '../api'
import { dayAfter, joined, viewerDays } from '../slots'

/** Five days are in sight; a viewer in another zone loses the last one to its missing hours. */
const PAGE_DAYS = 8
/** What the server gives at once. */
const MOST_AT_ONCE = 31
/** No schedule reaches further. */
const MOST_DAYS = 90
/** Slots older than this are asked for again when somebody returns to them. */
const STALE_AFTER_MS = 60_000

/** A doctor's slots as days of the viewer's: the first days at once, more on demand, and fresh ones when it matters. */
export function useSlots(doctorId: Readonly<Ref<string>>) {
  const zone = viewerZone()
  const now = useNow(30_000)
  const slots = shallowRef<Slots | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)
  const moreFailed = shallowRef(false)
  let asked = 0
  let fetchedAt = 0

  const days = computed(() => (slots.value ? viewerDays(slots.value, zone, now.value) : []))
  const next = computed(() => slots.value?.nextAvailableAt ?? null)
  const canLoadMore = computed(() => slots.value !== null && slots.value.days.length < MOST_DAYS)

  async function fetchDays(count: number, known: Slots | null): Promise<Slots | null> {
    let all = known
    for (let missing = count; missing > 0; missing -= MOST_AT_ONCE) {
      all = joined(all, await fetchSlots(doctorId.value, Math.min(missing, MOST_AT_ONCE), (all && dayAfter(all)) ?? undefined))
    }
    return all
  }

  /** The answer that was asked for last stands. */
  async function keep(answer: Promise<Slots | null>): Promise<void> {
    asked += 1
    const turn = asked
    isLoading.value = true
    try {
      const found = await answer
      if (turn !== asked) return
      slots.value = found
      fetchedAt = Date.now()
      failure.value = null
      moreFailed.value = false
    } catch (error) {
      if (turn !== asked) return
      failure.value = error
      moreFailed.value = slots.value !== null
    } finally {
      if (turn === asked) isLoading.value = false
    }
  }

  /** Asks anew for all that is shown. It stays until the answer is there, and if none comes. */
  const load = () => keep(fetchDays(Math.max(PAGE_DAYS, slots.value?.days.length ?? 0), null))

  async function more(count: number): Promise<void> {
    if (slots.value && !isLoading.value) await keep(fetchDays(Math.min(count, MOST_DAYS - slots.value.days.length), slots.value))
  }
  const loadMore = () => more(PAGE_DAYS)

  /** Brings the day of a slot further ahead into sight. */
  async function reach(startsAt: string): Promise<void> {
    // One day for the difference of the zones, one because today counts.
    const missing = daysAhead(startsAt, now.value, zone) + 2 - (slots.value?.days.length ?? 0)
    if (missing > 0) await more(missing)
  }

  const onReturn = () => {
    if (document.visibilityState === 'visible' && Date.now() - fetchedAt > STALE_AFTER_MS) void load()
  }
  onMounted(() => document.addEventListener('visibilitychange', onReturn))
  onUnmounted(() => document.removeEventListener('visibilitychange', onReturn))

  watch(
    doctorId,
    () => {
      slots.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { zone, slots, days, next, failure, isLoading, moreFailed, canLoadMore, load, loadMore, reach }
}

export type SlotsInSight = ReturnType<typeof useSlots>
