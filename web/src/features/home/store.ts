import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { searchDoctors } from '@/features/doctors/api'
import { useIsOnline } from '@/features/doctors/composables/useIsOnline'
import type { DoctorCard } from '@/shared/api/types'

const AT_MOST = 8
/** What is older is asked for again when somebody looks at it. */
const STALE_AFTER_MS = 30_000

interface Summary {
  /** The best rated of those online. */
  doctors: readonly DoctorCard[]
  onlineCount: number
  all: { count: number; isMore: boolean }
  /** What "mulai" means: the cheapest of those who can answer now, or of all when nobody is online. */
  from: number | null
}

async function fetchSummary(): Promise<Summary> {
  const [online, cheapestOnline, cheapest] = await Promise.all([
    searchDoctors({ online: 'true', limit: String(AT_MOST) }),
    searchDoctors({ online: 'true', sort: 'price', limit: '1' }),
    searchDoctors({ sort: 'price', limit: '1' }),
  ])
  const [first] = [...cheapestOnline.items, ...cheapest.items]
  return { doctors: online.items, onlineCount: online.count, all: cheapest, from: first?.price ?? null }
}

/** Who can answer now, shared by the parts of the home page. */
export const useOnlineNow = defineStore('online-now', () => {
  const isOnline = useIsOnline()

  const summary = shallowRef<Summary | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let fetchedAt = 0

  const doctors = computed(() => summary.value?.doctors.filter(isOnline) ?? [])
  /** Who has gone since is taken off; of those beyond the shown ones nothing newer is known. */
  const count = computed(() => (summary.value ? summary.value.onlineCount - summary.value.doctors.length + doctors.value.length : 0))

  /** Asks anew. What is shown stays until the answer is there, and if none comes. */
  async function load(): Promise<void> {
    if (isLoading.value) return
    isLoading.value = true
    try {
      summary.value = await fetchSummary()
      fetchedAt = Date.now()
      failure.value = null
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  async function refresh(): Promise<void> {
    if (Date.now() - fetchedAt > STALE_AFTER_MS) await load()
  }

  return { summary, doctors, count, failure, isLoading, load, refresh }
})
