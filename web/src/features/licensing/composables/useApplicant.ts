import { ref, shallowRef, watch, type Ref } from 'vue'
import type { AdminDoctor } from '@/shared/api/types'
import { fetchApplicant } from '../admin-api'

/** One vet with everything that is needed to decide. */
export function useApplicant(id: Readonly<Ref<string>>) {
  const doctor = shallowRef<AdminDoctor | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    const asked = id.value
    isLoading.value = true
    try {
      const found = await fetchApplicant(asked)
      if (asked !== id.value) return
      doctor.value = found
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
      doctor.value = null
      void load()
    },
    { immediate: true },
  )

  return { doctor, failure, isLoading, load }
}
