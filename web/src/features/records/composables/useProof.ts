import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import type { RecordProof } from '@/shared/api/types'
import { fetchProof } from '../api'
import { tidyCode } from '../code'

/** What the server knows of a code: the document, that there is none, or nothing because nobody could say. */
export function useProof(code: Readonly<Ref<string | undefined>>) {
  const proof = shallowRef<RecordProof | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  const asked = computed(() => tidyCode(code.value ?? ''))
  const isUnknown = computed(() => failure.value instanceof Problem && [400, 404, 422].includes(failure.value.status))

  async function load(): Promise<void> {
    const about = asked.value
    if (about === '') return
    isLoading.value = true
    try {
      const said = await fetchProof(about)
      if (about !== asked.value) return
      proof.value = said
      failure.value = null
    } catch (error) {
      if (about === asked.value) failure.value = error
    } finally {
      if (about === asked.value) isLoading.value = false
    }
  }

  watch(
    asked,
    () => {
      proof.value = null
      failure.value = null
      isLoading.value = false
      void load()
    },
    { immediate: true },
  )

  return { asked, proof, failure, isUnknown, isLoading, load }
}
