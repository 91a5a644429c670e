import type { Ref } from 'vue'
import { useFetched } from '@/shared/api/useFetched'
import { fetchPet } from '../api'

/** One pet with all that is noted of it. */
export function usePet(id: Readonly<Ref<string>>) {
  const { answer: pet, ...rest } = useFetched(() => fetchPet(id.value), id)
  return { pet, ...rest }
}
