import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useMore } from '@/shared/api/useMore'
import type { DoctorCard, DoctorSearch } from '@/shared/api/types'
import { searchDoctors } from './api'

const PAGE = 20
/** The server gives no more at once. */
const MOST_AT_ONCE = 100
/** What was found longer ago is asked for again when somebody looks at it. */
const STALE_AFTER_MS = 30_000

interface Found {
  question: string
  doctors: readonly DoctorCard[]
  nextCursor: string | null
  count: number
  isMore: boolean
}

/** The directory as it was last searched. It outlives the page, so that the way back from a doctor leads to the same place in the list. */
export const useDirectory = defineStore('directory', () => {
  const wanted = shallowRef<DoctorSearch>({})
  const found = shallowRef<Found | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  /** Every speciality that was seen, which are those one can ask for. */
  const specialities = shallowRef<ReadonlySet<string>>(new Set())
  const more = shallowRef(useMore(fetchMore))
  let fetchedAt = 0

  const question = computed(() => JSON.stringify(wanted.value))
  /** Whether what was found answers what is asked now. */
  const isAnswered = computed(() => found.value?.question === question.value)

  async function load(limit = PAGE): Promise<void> {
    const asked = question.value
    isLoading.value = true
    try {
      const { items: doctors, ...about } = await searchDoctors({ ...wanted.value, limit: String(limit) })
      if (asked !== question.value) return
      found.value = { question: asked, doctors, ...about }
      fetchedAt = Date.now()
      failure.value = null
      remember(doctors)
    } catch (error) {
      if (asked === question.value) failure.value = error
    } finally {
      if (asked === question.value) isLoading.value = false
    }
  }

  /** Asks anew for as many as are shown, which stay until then. A list that is longer than one answer is left as it is. */
  async function refresh(): Promise<void> {
    const shown = found.value?.doctors.length ?? 0
    if (!isAnswered.value || isLoading.value || more.value.isLoading || shown > MOST_AT_ONCE || Date.now() - fetchedAt < STALE_AFTER_MS) return
    await load(Math.max(PAGE, shown))
  }

  async function search(next: DoctorSearch): Promise<void> {
    wanted.value = next
    failure.value = null
    isLoading.value = false
    if (!isAnswered.value) more.value = useMore(fetchMore)
    await (isAnswered.value ? refresh() : load())
  }

  async function fetchMore(): Promise<void> {
    const from = found.value
    if (!from?.nextCursor || !isAnswered.value) return
    const { items, ...about } = await searchDoctors({ ...wanted.value, limit: String(PAGE), cursor: from.nextCursor })
    if (found.value !== from) return
    found.value = { question: from.question, doctors: [...from.doctors, ...items], ...about }
    remember(items)
  }

  function remember(doctors: readonly DoctorCard[]): void {
    specialities.value = new Set([...specialities.value, ...doctors.map(({ specialization }) => specialization)])
  }

  return { found, isAnswered, failure, isLoading, specialities, more, load, refresh, search }
})
