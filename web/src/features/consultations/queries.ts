/** What is asked about consultations, each under its key. */
import { defineQueryOptions, useQueryCache } from '@pinia/colada'
import { changeFetched, invalidateFetched, putFetched } from '@/shared/api/cache'
import { keptAnswer } from '@/shared/api/kept-answers'
import { followNews } from '@/shared/api/news'
import type { Consultation } from '@/shared/api/types'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchAlternatives, fetchConsultation, fetchConsultations } from './api'

export const CONSULTATIONS = ['consultations']
followNews(CONSULTATIONS, ['consultationChanged', 'recordFinished', 'conversationStarted', 'conversationEnded'])

export const consultationsQuery = pagesQuery([...CONSULTATIONS, 'all'], (cursor) => fetchConsultations(cursor), {
  isKept: true,
})

function listed(id: string): Consultation | undefined {
  const list = useQueryCache().getQueryData(consultationsQuery.key)
  return list?.pages.flatMap(({ items }) => items).find((one) => one.id === id)
}

/** One of them; until there is an answer, as it stands in the list, or as it was read here before. */
export const consultationQuery = defineQueryOptions((id: string) => {
  const key = [...CONSULTATIONS, 'one', id]
  const kept = keptAnswer<Consultation>(key)
  return { key, query: () => fetchConsultation(id), ...kept, initialData: () => listed(id) ?? kept.initialData() }
})

/** The vets who take over now from one who is late: who they are changes by the minute. */
export const alternativesQuery = defineQueryOptions((id: string) => ({
  key: ['alternatives', id],
  query: () => fetchAlternatives(id),
  gcTime: 0,
}))

/** One of them as the server just said it is, here and in the list; one that is new there is asked for with it. */
export function putConsultation(said: Consultation): void {
  putFetched(consultationQuery(said.id).key, said)
  if (!listed(said.id)) return void invalidateFetched(consultationsQuery.key)
  changeFetched(consultationsQuery.key, (known) => ({
    ...known,
    pages: known.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === said.id ? said : one)) })),
  }))
}
