import { fetchDoctor, searchDoctors } from '@/features/doctors/api'
import { api, unwrap } from '@/shared/api/client'
import { pictureForm } from '@/shared/api/picture-form'
import { Problem } from '@/shared/api/problem'
import { sessionFetch } from '@/shared/api/session-fetch'
import type { DoctorApplication, DoctorChange, NewLicence, OwnDoctor } from '@/shared/api/types'
import { watchedBy } from '@/shared/api/watched'

const at = (id: string) => ({ params: { path: { id } } })

/** The viewer as a vet, or null while they have not applied. */
export async function fetchOwnDoctor(): Promise<OwnDoctor | null> {
  try {
    return await unwrap(api.GET('/api/doctors/me'))
  } catch (error) {
    if (error instanceof Problem && error.code === 'doctor_not_found') return null
    throw error
  }
}

export const apply = (application: DoctorApplication) =>
  unwrap(api.POST('/api/doctors/applications', { body: application }))

export const changeOwnDoctor = (change: DoctorChange) => unwrap(api.PATCH('/api/doctors/me', { body: change }))

export const replacePicture = (file: Blob) => unwrap(api.PUT('/api/doctors/me/picture', pictureForm(file)))

export const submitLicence = (licence: NewLicence) => unwrap(api.POST('/api/doctors/me/licences', { body: licence }))

/** One photo of a licence. `progress` is told 0 to 1. */
export const addDocument = (licenceId: string, file: Blob, progress: (share: number) => void) =>
  unwrap(
    api.POST('/api/doctors/me/licences/{id}/documents', {
      ...at(licenceId),
      ...pictureForm(file),
      fetch: (request) => sessionFetch(request, watchedBy(progress)),
    }),
  )

/** What comes on top of every vet's price, as any vet's page has it; null while there is none. */
export async function fetchMarkup(): Promise<number | null> {
  const [doctor] = (await searchDoctors({ limit: '1' })).items
  return doctor ? (await fetchDoctor(doctor.id)).quote.markupBasisPoints : null
}
