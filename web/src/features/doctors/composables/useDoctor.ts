import { computed, shallowRef, watch, type Ref } from 'vue'
import type { DoctorProfile } from '@/shared/api/types'
import { fetchDoctor } from '../api'
import { useIsOnline } from './useIsOnline'

/** One doctor's page: the profile, with who is online as it changes. */
export function useDoctor(id: Readonly<Ref<string>>) {
  const isOnline = useIsOnline()
  const fetched = shallowRef<DoctorProfile | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)

  async function load(): Promise<void> {
    const asked = id.value
    isLoading.value = true
    try {
      const answer = await fetchDoctor(asked)
      if (asked !== id.value) return
      fetched.value = answer
      failure.value = null
    } catch (error) {
      if (asked === id.value) failure.value = error
    } finally {
      if (asked === id.value) isLoading.value = false
    }
  }

  watch(
    id,
    () => {
      fetched.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  const doctor = computed(() => (fetched.value ? { ...fetched.value, online: isOnline(fetched.value) } : null))

  return { doctor, failure, isLoading, load }
}
