import { useQuery } from '@pinia/colada'
import { computed, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { putFetched } from '@/shared/api/cache'
import type { OwnDoctor } from '@/shared/api/types'
import { ownDoctorQuery } from '../queries'

/** The viewer as a vet; follows what we decide about them. */
export function useOwnDoctor() {
  const session = useSession()
  const { data, error: failure, isLoading, refetch: load } = useQuery(ownDoctorQuery)
  /** Null for somebody who has not applied, and until it is known. */
  const doctor = computed(() => data.value ?? null)
  const isKnown = computed(() => data.value !== undefined)

  // The news may have come while we were cut off.
  watch(
    () => doctor.value?.status === 'verified' && !session.isDoctor,
    (isNews) => {
      if (isNews) void session.refresh().catch(() => undefined)
    },
  )

  /** Takes the vet as the server just said. What was asked before that counts no more. */
  const become = (own: OwnDoctor) => putFetched(ownDoctorQuery.key, own)

  return { doctor, isKnown, isLoading, failure, load, become }
}
