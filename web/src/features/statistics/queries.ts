/** A doctor's own figures, a year under each key. */
import { defineQueryOptions } from '@pinia/colada'
import { followNews } from '@/shared/api/news'
import { fetchConversationCounts, fetchProfits } from './api'

const STATISTICS = ['statistics']
followNews(STATISTICS, ['conversationStarted', 'conversationEnded'])

export const yearQuery = defineQueryOptions(({ doctorId, year }: { doctorId: string; year: number }) => ({
  key: [...STATISTICS, doctorId, year],
  query: async () => {
    const [counts, profits] = await Promise.all([fetchConversationCounts(doctorId, year), fetchProfits(doctorId, year)])
    return { conversations: counts.data, profits: profits.data.map(({ profit }) => profit) }
  },
}))
