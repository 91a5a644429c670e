import { api, unwrap } from '@/shared/api/client'
import type { DoctorSearch } from '@/shared/api/types'

/** Verified doctors, page by page. */
export const searchDoctors = (search: DoctorSearch) => unwrap(api.GET('/api/doctors', { params: { query: search } }))

export const fetchDoctor = (id: string) => unwrap(api.GET('/api/doctors/{id}', { params: { path: { id } } }))

/** What the owner wants of a doctor: the slot that begins then, or to begin as soon as it is paid; and for which pet. */
export interface Wanted {
  doctorId: string
  startsAt: string | null
  petId: string | null
  /** What was said before, for this purchase. */
  intakeId: string | null
}

/** Buys a consultation. The same key again gives the same purchase. */
export const buyConsultation = ({ doctorId, startsAt, petId, intakeId }: Wanted, idempotencyKey: string) =>
  unwrap(
    api.POST('/api/payment/consulting', {
      params: { header: { 'Idempotency-Key': idempotencyKey } },
      body: { id: doctorId, startsAt, petId, intakeId },
    }),
  )
