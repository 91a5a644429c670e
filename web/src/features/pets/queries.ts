/** What is asked about pets, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { invalidateFetched, putFetched } from '@/shared/api/cache'
import type { PetRecord } from '@/shared/api/types'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchPet, fetchPetOf, fetchPets, fetchTimeline } from './api'

export const PETS = ['pets']

export const petsQuery = defineQueryOptions({ key: [...PETS, 'all'], query: () => fetchPets() })

export const petQuery = defineQueryOptions((id: string) => ({ key: [...PETS, 'one', id], query: () => fetchPet(id) }))

export const timelineQuery = (id: string) => pagesQuery([...PETS, 'timeline', id], (cursor) => fetchTimeline(id, cursor))

export const petOfQuery = defineQueryOptions((consultationId: string) => ({ key: [...PETS, 'of', consultationId], query: () => fetchPetOf(consultationId) }))

/** A pet as the server just said it is. It stands in the list as well. */
export function putPet(pet: PetRecord): void {
  putFetched(petQuery(pet.id).key, pet)
  void invalidateFetched(petsQuery.key)
}
