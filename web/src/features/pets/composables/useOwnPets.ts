import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useSession } from '@/features/accounts/store'
import { petsQuery } from '../queries'

/** The pets of the owner who is here; none for everybody else, and none while they cannot be had: a talk needs no pet. */
export function useOwnPets() {
  const session = useSession()
  const isOwner = computed(() => session.role === 'user')
  const { data, status } = useQuery(() => ({ ...petsQuery, enabled: isOwner.value }))

  const pets = computed(() => (isOwner.value ? (data.value ?? []) : []))
  /** Whether the answer is there, or the lack of one. */
  const isSettled = computed(() => isOwner.value && status.value !== 'pending')
  return { pets, isSettled }
}
