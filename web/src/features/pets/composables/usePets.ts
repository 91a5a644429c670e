import { ref, shallowRef } from 'vue'
import type { Pet } from '@/shared/api/types'
import { fetchPets } from '../api'

/** The owner's pets. What is shown stays until the answer is here, and if none comes. */
export function usePets() {
  const pets = shallowRef<readonly Pet[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    if (isLoading.value) return
    isLoading.value = true
    try {
      pets.value = await fetchPets()
      failure.value = null
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  return { pets, failure, isLoading, load }
}
