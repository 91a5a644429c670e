import { api, unwrap } from '@/shared/api/client'
import type { DoctorStatus } from '@/shared/api/types'

const PAGE = 20

const at = (id: string) => ({ params: { path: { id } } })

/** Which vets: those who wait for a decision, the longest first, or those of a state. */
export interface Wanted {
  pending?: boolean
  status?: DoctorStatus
}

export const fetchDoctors = (wanted: Wanted, cursor?: string) =>
  unwrap(api.GET('/api/admin/doctors', { params: { query: { ...wanted, limit: PAGE, cursor } } }))

export const fetchApplicant = (id: string) => unwrap(api.GET('/api/admin/doctors/{id}', at(id)))

export const acceptLicence = (id: string) => unwrap(api.POST('/api/admin/licences/{id}/accept', at(id)))

export const refuseLicence = (id: string, reason: string) =>
  unwrap(api.POST('/api/admin/licences/{id}/refuse', { ...at(id), body: { reason } }))

export const suspendDoctor = (id: string, reason: string) =>
  unwrap(api.POST('/api/admin/doctors/{id}/suspend', { ...at(id), body: { reason } }))

export const reinstateDoctor = (id: string) => unwrap(api.POST('/api/admin/doctors/{id}/reinstate', at(id)))
