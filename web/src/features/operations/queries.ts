/** What is asked about the staff's work, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { fetchDeadJobs } from './api'
import type { Waiting } from './waiting'

export const deadJobsQuery = defineQueryOptions({ key: ['operations', 'dead-jobs'], query: () => fetchDeadJobs() })

/** How many wait in a list, by its address. What was done there meanwhile counts at once. */
export const waitingQuery = defineQueryOptions(({ to, count }: { to: string; count: () => Promise<Waiting> }) => ({
  key: ['operations', 'waiting', to],
  query: () => count(),
  staleTime: 0,
}))
