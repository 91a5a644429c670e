import { api, unwrap } from '@/shared/api/client'
import { pictureForm } from '@/shared/api/picture-form'
import type { NewPet, NewPetVaccination, NewPetWeight } from '@/shared/api/types'

const PAGE = 20

const at = (id: string) => ({ params: { path: { id } } })

export const fetchPets = async () => (await unwrap(api.GET('/api/pets'))).items

export const fetchPet = (id: string) => unwrap(api.GET('/api/pets/{id}', at(id)))

export const createPet = (pet: NewPet) => unwrap(api.POST('/api/pets', { body: pet }))

export const changePet = (id: string, pet: NewPet) => unwrap(api.PATCH('/api/pets/{id}', { ...at(id), body: pet }))

export const archivePet = (id: string) => unwrap(api.DELETE('/api/pets/{id}', at(id)))

export const fetchTimeline = (id: string, cursor?: string) =>
  unwrap(api.GET('/api/pets/{id}/timeline', { params: { path: { id }, query: { limit: PAGE, cursor } } }))

export const addWeight = (id: string, weight: NewPetWeight) =>
  unwrap(api.POST('/api/pets/{id}/weights', { ...at(id), body: weight }))

export const deleteWeight = (id: string, weightId: string) =>
  unwrap(api.DELETE('/api/pets/{id}/weights/{weightId}', { params: { path: { id, weightId } } }))

export const addVaccination = (id: string, vaccination: NewPetVaccination) =>
  unwrap(api.POST('/api/pets/{id}/vaccinations', { ...at(id), body: vaccination }))

export const deleteVaccination = (id: string, vaccinationId: string) =>
  unwrap(api.DELETE('/api/pets/{id}/vaccinations/{vaccinationId}', { params: { path: { id, vaccinationId } } }))

export const replacePhoto = (id: string, photo: Blob) =>
  unwrap(api.PUT('/api/pets/{id}/photo', { ...at(id), ...pictureForm(photo) }))

/** The animal that a consultation is about, for both of its people while that is open. */
export const fetchPetOf = (consultationId: string) => unwrap(api.GET('/api/consultations/{id}/pet', at(consultationId)))
