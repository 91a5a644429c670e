import { useQuery } from '@pinia/colada'
import { computed, type Ref } from 'vue'
import { doctorQuery } from '../queries'
import { useIsOnline } from './useIsOnline'

/** One doctor's page: the profile, with who is online as it changes. */
export function useDoctor(id: Readonly<Ref<string>>) {
  const isOnline = useIsOnline()
  const { data, error: failure, isLoading, refetch: load } = useQuery(() => doctorQuery(id.value))
  const doctor = computed(() => (data.value ? { ...data.value, online: isOnline(data.value) } : null))
  return { doctor, failure, isLoading, load }
}
