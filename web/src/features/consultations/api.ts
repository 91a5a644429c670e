import { api, unwrap } from '@/shared/api/client'
import { createIntentions } from '@/shared/api/idempotency'

const PAGE = 20

const sendOnce = createIntentions()

const once = (id: string, key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } })

export const fetchConsultations = (cursor?: string) =>
  unwrap(api.GET('/api/consultations', { params: { query: { limit: PAGE, cursor } } }))

export const fetchConsultation = (id: string) =>
  unwrap(api.GET('/api/consultations/{id}', { params: { path: { id } } }))

/** Calls off what has not begun, paid or not. */
export const cancelConsultation = (id: string) =>
  sendOnce(`cancel/${id}`, null, (key) => unwrap(api.POST('/api/consultations/{id}/cancel', once(id, key))))

/** Takes the money back from a vet who does not answer in time. */
export const takeMoneyBack = (id: string) =>
  sendOnce(`refund/${id}`, null, (key) => unwrap(api.POST('/api/consultations/{id}/refund', once(id, key))))

export const rescheduleConsultation = (id: string, startsAt: string) =>
  sendOnce(`reschedule/${id}`, startsAt, (key) =>
    unwrap(api.POST('/api/consultations/{id}/reschedule', { ...once(id, key), body: { startsAt } })),
  )

/** The vets who take over now, at the same price, from one who is late. */
export const fetchAlternatives = async (id: string) =>
  (await unwrap(api.GET('/api/consultations/{id}/alternatives', { params: { path: { id } } }))).items

/** Goes on with another vet; answers the consultation that goes on. */
export const transferConsultation = (id: string, doctorId: string) =>
  sendOnce(`transfer/${id}`, doctorId, (key) =>
    unwrap(api.POST('/api/consultations/{id}/transfer', { ...once(id, key), body: { doctorId } })),
  )

/** Asks for more time, free of charge. */
export const askForExtension = (id: string, minutes: number) =>
  unwrap(api.POST('/api/consultations/{id}/extension', { params: { path: { id } }, body: { minutes } }))

/** Says yes. The end of the time tells one extension from the next. */
export const acceptExtension = (id: string, endsAt: string | null) =>
  sendOnce(`extension/${id}`, endsAt, (key) =>
    unwrap(api.POST('/api/consultations/{id}/extension/accept', once(id, key))),
  )

/** Says no, or asks no more. */
export const declineExtension = (id: string) =>
  unwrap(api.POST('/api/consultations/{id}/extension/decline', { params: { path: { id } } }))

/** Opens the free questions after the end, or finds them open. */
export const openFollowUp = (id: string) =>
  unwrap(api.POST('/api/consultations/{id}/follow-up', { params: { path: { id } } }))
