/** What vets ask about themselves, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { DOCTORS } from '@/features/doctors/key'
import { followNews } from '@/shared/api/news'
import { fetchMarkup, fetchOwnDoctor } from './api'

const OWN = ['own-doctor']
followNews(OWN, ['doctorStatusChanged'])

/** The viewer as a vet, or null while they have not applied. Nobody begins to change an old answer, so none is kept. */
export const ownDoctorQuery = defineQueryOptions({ key: OWN, query: () => fetchOwnDoctor(), gcTime: 0 })

export const markupQuery = defineQueryOptions({ key: [...DOCTORS, 'markup'], query: () => fetchMarkup() })
