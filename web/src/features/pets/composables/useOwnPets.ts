import { ref, shallowRef, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import type { Pet } from '@/shared/api/types'
import { fetchPets } from '../api'

/** The pets of the owner who is here; none for everybody else, and none while they cannot be had: a talk needs no pet. */
export function useOwnPets() {
  const session = useSession()
  const pets = shallowRef<Pet[]>([])
  /** Whether the answer is there, or the lack of one. */
  const isSettled = ref(false)

  watch(
    () => (session.role === 'user' ? session.me?.id : undefined),
    async (owner) => {
      pets.value = []
      isSettled.value = false
      if (!owner) return
      const answer = await fetchPets().catch(() => [])
      if (owner !== session.me?.id) return
      pets.value = answer
      isSettled.value = true
    },
    { immediate: true },
  )
  return { pets, isSettled }
}
