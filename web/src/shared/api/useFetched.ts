import { ref, shallowRef, watch, type Ref } from 'vue'

/**
 * Something that a page or a sheet is about: fetched at once, again on demand, and anew when `key` says that it is about
 * something else. Only the answer about that counts.
 */
export function useFetched<Answer>(fetch: () => Promise<Answer>, key: Readonly<Ref<unknown>> = ref()) {
  const answer = shallowRef<Answer | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    const asked = key.value
    isLoading.value = true
    try {
      const found = await fetch()
      if (asked !== key.value) return
      answer.value = found
      failure.value = null
    } catch (error) {
      if (asked === key.value) failure.value = error
    } finally {
      if (asked === key.value) isLoading.value = false
    }
  }

  watch(
    key,
    () => {
      answer.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { answer, failure, isLoading, load }
}
