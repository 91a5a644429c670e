/** What the staff asks about vets, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { invalidateFetched, putFetched } from '@/shared/api/cache'
import type { AdminDoctor } from '@/shared/api/types'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchApplicant, fetchDoctors, type Wanted } from './admin-api'

const LISTS = ['applicants', 'lists']

export const applicantsQuery = (wanted: Wanted) =>
  pagesQuery([...LISTS, { ...wanted }], (cursor) => fetchDoctors(wanted, cursor))

export const applicantQuery = defineQueryOptions((id: string) => ({
  key: ['applicants', 'one', id],
  query: () => fetchApplicant(id),
}))

/** A vet after a decision, who may stand in another list now. */
export function putApplicant(doctor: AdminDoctor): void {
  putFetched(applicantQuery(doctor.id).key, doctor)
  void invalidateFetched(LISTS)
}
