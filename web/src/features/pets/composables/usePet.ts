import { ref, shallowRef, watch, type Ref } from 'vue'
import type { PetRecord } from '@/shared/api/types'
import { fetchPet } from '../api'

/** One pet with all that is noted of it. Only the answer about the one that is shown counts. */
export function usePet(id: Readonly<Ref<string>>) {
  const pet = shallowRef<PetRecord | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    const asked = id.value
    isLoading.value = true
    try {
      const answer = await fetchPet(asked)
      if (asked !== id.value) return
      pet.value = answer
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
      pet.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { pet, failure, isLoading, load }
}
