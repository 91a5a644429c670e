/** What is asked about summaries, notes and canned replies, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { CONSULTATIONS } from '@/features/consultations/queries'
import { changeFetched, invalidateFetched, putFetched } from '@/shared/api/cache'
import { followNews } from '@/shared/api/news'
import type { CannedReply, ConsultationRecord } from '@/shared/api/types'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchNotes, fetchProof, fetchRecord, fetchReplies, fetchUnrecorded } from './api'

const RECORDS = ['records']
followNews(RECORDS, ['recordFinished', 'consultationChanged', 'conversationEnded'])

/** The vet's ended consultations that wait for their summary. */
export const unrecordedQuery = pagesQuery([...RECORDS, 'missing'], (cursor) => fetchUnrecorded(cursor))

/** The summary of a consultation, or null while there is none. */
export const recordQuery = defineQueryOptions((consultationId: string) => ({
  key: [...RECORDS, 'of', consultationId],
  query: () => fetchRecord(consultationId),
}))

export const putRecord = (record: ConsultationRecord) => putFetched(recordQuery(record.consultationId).key, record)

/** It waits for its summary no more, and its consultation has ended. */
export const recordFinished = () => invalidateFetched(RECORDS, CONSULTATIONS)

export const proofQuery = defineQueryOptions((code: string) => ({
  key: ['proofs', code],
  query: () => fetchProof(code),
  enabled: code !== '',
}))

/** Nobody goes on writing from an old answer, so none is kept. */
export const notesQuery = defineQueryOptions((consultationId: string) => ({
  key: ['notes', consultationId],
  query: () => fetchNotes(consultationId),
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
}))

export const repliesQuery = defineQueryOptions({ key: ['replies'], query: () => fetchReplies() })

/** The server's word on one of the replies, new or changed. */
export const putReply = (reply: CannedReply) =>
  changeFetched(repliesQuery.key, (known) => [...known.filter(({ id }) => id !== reply.id), reply])

export const dropReply = (id: string) =>
  changeFetched(repliesQuery.key, (known) => known.filter((reply) => reply.id !== id))
