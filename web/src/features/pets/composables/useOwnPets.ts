import { shallowRef, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import type { Pet } from '@/shared/api/types'
import { fetchPets } from '../api'

/** The pets of the owner who is here; none for everybody else, and none while they cannot be had: a talk needs no pet. */
export function useOwnPets() {
  const session = useSession()
  const pets = shallowRef<Pet[]>([])

  watch(
    () => (session.role === 'user' ? session.me?.id : undefined),
    async (owner) => {
      pets.value = []
      if (!owner) return
      const answer = await fetchPets().catch(() => [])
      if (owner === session.me?.id) pets.value = answer
    },
    { immediate: true },
  )
  return pets
}
