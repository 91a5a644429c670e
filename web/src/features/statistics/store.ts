/** A doctor's own figures, year by year. */
import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { realtime } from '@/shared/realtime'
import { fetchConversationCounts, fetchProfits } from './api'

export interface YearFigures {
  conversations: readonly number[]
  profits: readonly number[]
}

interface Entry {
  figures: YearFigures | null
  failure: unknown
  isLoading: boolean
}

export const useStatistics = defineStore('statistics', () => {
  const session = useSession()
  const years = reactive(new Map<number, Entry>())

  function entry(year: number): Entry {
    const known = years.get(year)
    if (known) return known
    years.set(year, { figures: null, failure: null, isLoading: false })
    return years.get(year) as Entry
  }

  /** Asks anew. What is shown stays until the answer is here, and if none comes. */
  async function load(year: number): Promise<void> {
    const doctor = session.me?.id
    if (!doctor) return
    const about = entry(year)
    about.isLoading = true
    try {
      const [counts, profits] = await Promise.all([fetchConversationCounts(doctor, year), fetchProfits(doctor, year)])
      about.figures = { conversations: counts.data, profits: profits.data.map(({ profit }) => profit) }
      about.failure = null
    } catch (error) {
      about.failure = error
    } finally {
      about.isLoading = false
    }
  }

  function refresh(): void {
    for (const year of years.keys()) void load(year)
  }
  realtime.onEvent('conversationStarted', refresh)
  realtime.onEvent('conversationEnded', refresh)
  realtime.onConnected(refresh)

  watch(
    () => session.me?.id,
    () => years.clear(),
  )

  return { entry, load }
})
