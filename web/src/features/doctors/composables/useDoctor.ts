import { computed, type Ref } from 'vue'
import { useFetched } from '@/shared/api/useFetched'
import { fetchDoctor } from '../api'
import { useIsOnline } from './useIsOnline'

/** One doctor's page: the profile, with who is online as it changes. */
export function useDoctor(id: Readonly<Ref<string>>) {
  const isOnline = useIsOnline()
  const { answer, ...rest } = useFetched(() => fetchDoctor(id.value), id)
  const doctor = computed(() => (answer.value ? { ...answer.value, online: isOnline(answer.value) } : null))
  return { doctor, ...rest }
}
