import { ref, shallowRef } from 'vue'

/** Something that is fetched once a sheet opens, and again on demand. */
export function useFetched<Answer>(fetch: () => Promise<Answer>) {
  const answer = shallowRef<Answer | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    isLoading.value = true
    failure.value = null
    try {
      answer.value = await fetch()
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  void load()
  return { answer, failure, isLoading, load }
}
