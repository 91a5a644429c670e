import { api, unwrap } from '@/shared/api/client'

const PAGE = 20

export const fetchConsultations = (cursor?: string) => unwrap(api.GET('/api/consultations', { params: { query: { limit: PAGE, cursor } } }))

export const fetchConsultation = (id: string) => unwrap(api.GET('/api/consultations/{id}', { params: { path: { id } } }))

/** Calls off what has not begun, paid or not. */
export const cancelConsultation = (id: string) => unwrap(api.POST('/api/consultations/{id}/cancel', { params: { path: { id } } }))

/** Takes the money back from a vet who does not answer in time. */
export const takeMoneyBack = (id: string) => unwrap(api.POST('/api/consultations/{id}/refund', { params: { path: { id } } }))

export const rescheduleConsultation = (id: string, startsAt: string) => unwrap(api.POST('/api/consultations/{id}/reschedule', { params: { path: { id } }, body: { startsAt } }))

/** The vets who take over now, at the same price, from one who is late. */
export const fetchAlternatives = async (id: string) => (await unwrap(api.GET('/api/consultations/{id}/alternatives', { params: { path: { id } } }))).items

/** Goes on with another vet; answers the consultation that goes on. */
export const transferConsultation = (id: string, doctorId: string) => unwrap(api.POST('/api/consultations/{id}/transfer', { params: { path: { id } }, body: { doctorId } }))

/** Asks for more time, free of charge. */
export const askForExtension = (id: string, minutes: number) => unwrap(api.POST('/api/consultations/{id}/extension', { params: { path: { id } }, body: { minutes } }))

export const acceptExtension = (id: string) => unwrap(api.POST('/api/consultations/{id}/extension/accept', { params: { path: { id } } }))

/** Says no, or asks no more. */
export const declineExtension = (id: string) => unwrap(api.POST('/api/consultations/{id}/extension/decline', { params: { path: { id } } }))

/** Opens the free questions after the end, or finds them open. */
export const openFollowUp = (id: string) => unwrap(api.POST('/api/consultations/{id}/follow-up', { params: { path: { id } } }))
