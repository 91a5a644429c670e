import { api, unwrap } from '@/shared/api/client'
import { createIntentions } from '@/shared/api/idempotency'
import { Problem } from '@/shared/api/problem'
import type { CannedReply, ConsultationRecord } from '@/shared/api/types'
import type { Sections } from './rules'

const PAGE = 20

const sendOnce = createIntentions()

const at = (id: string) => ({ params: { path: { id } } })

/** The vet's ended consultations whose summary is missing. */
export const fetchUnrecorded = (cursor?: string) =>
  unwrap(api.GET('/api/consultations', { params: { query: { limit: PAGE, cursor, needsRecord: true } } }))

/** The summary as far as the viewer may see it, or null while there is none. */
export async function fetchRecord(consultationId: string): Promise<ConsultationRecord | null> {
  try {
    return await unwrap(api.GET('/api/consultations/{id}/record', at(consultationId)))
  } catch (error) {
    if (error instanceof Problem && error.code === 'record_not_found') return null
    throw error
  }
}

/** Keeps the draft; of a finished one it makes a new revision. */
export const saveRecord = (consultationId: string, sections: Sections) =>
  unwrap(api.PUT('/api/consultations/{id}/record', { ...at(consultationId), body: sections }))

/** Ends the consultation if it still runs. A day later the payment is the vet's. */
export const finishRecord = (consultationId: string) =>
  sendOnce(`finish/${consultationId}`, null, (key) =>
    unwrap(
      api.POST('/api/consultations/{id}/record/finish', {
        params: { path: { id: consultationId }, header: { 'Idempotency-Key': key } },
      }),
    ),
  )

export const fetchRecordPdf = (consultationId: string) =>
  unwrap(api.GET('/api/consultations/{id}/record.pdf', { ...at(consultationId), parseAs: 'blob' }))

export const fetchProof = (code: string) =>
  unwrap(api.GET('/api/records/verify/{code}', { params: { path: { code } } }))

export const fetchReplies = async () => (await unwrap(api.GET('/api/doctors/me/replies'))).items

export type ReplyWords = Pick<CannedReply, 'title' | 'body'>

export const addReply = (reply: ReplyWords) => unwrap(api.POST('/api/doctors/me/replies', { body: reply }))

export const changeReply = (id: string, reply: ReplyWords) =>
  unwrap(api.PUT('/api/doctors/me/replies/{id}', { ...at(id), body: reply }))

export const deleteReply = (id: string) => unwrap(api.DELETE('/api/doctors/me/replies/{id}', at(id)))

export const fetchNotes = (consultationId: string) =>
  unwrap(api.GET('/api/consultations/{id}/notes', at(consultationId)))

export const saveNotes = (consultationId: string, body: string) =>
  unwrap(api.PUT('/api/consultations/{id}/notes', { ...at(consultationId), body: { body } }))
