/** What is asked about pets, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { invalidateFetched, putFetched } from '@/shared/api/cache'
import { keptAnswer } from '@/shared/api/kept-answers'
import type { PetRecord } from '@/shared/api/types'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchPet, fetchPetOf, fetchPets, fetchTimeline } from './api'

export const PETS = ['pets']

const ALL = [...PETS, 'all']
export const petsQuery = defineQueryOptions({ key: ALL, query: () => fetchPets(), ...keptAnswer<PetRecord[]>(ALL) })

export const petQuery = defineQueryOptions((id: string) => {
  const key = [...PETS, 'one', id]
  return { key, query: () => fetchPet(id), ...keptAnswer<PetRecord>(key) }
})

export const timelineQuery = (id: string) =>
  pagesQuery([...PETS, 'timeline', id], (cursor) => fetchTimeline(id, cursor), { isKept: true })

/** Not kept: it closes to the vet after two days. */
export const petOfQuery = defineQueryOptions((consultationId: string) => ({
  key: [...PETS, 'of', consultationId],
  query: () => fetchPetOf(consultationId),
}))

/** A pet as the server just said it is. It stands in the list as well. */
export function putPet(pet: PetRecord): void {
  putFetched(petQuery(pet.id).key, pet)
  void invalidateFetched(petsQuery.key)
}
