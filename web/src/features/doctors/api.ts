import { api, unwrap } from '@/shared/api/client'

/** Every verified doctor; the list is short enough to sort and search on the phone. */
export const fetchDoctors = () => unwrap(api.GET('/api/roles/dokter'))

export const fetchDoctor = (id: string) => unwrap(api.GET('/api/doctors/{id}', { params: { path: { id } } }))

/** Buys a consultation: the slot that begins then, or one that begins as soon as it is paid. The same key again gives the same purchase. */
export const buyConsultation = (doctorId: string, startsAt: string | null, idempotencyKey: string) =>
  unwrap(api.POST('/api/payment/consulting', { params: { header: { 'Idempotency-Key': idempotencyKey } }, body: { id: doctorId, startsAt } }))
