import { useQuery } from '@pinia/colada'
import { computed, type Ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { tidyCode } from '../code'
import { proofQuery } from '../queries'

/** What the server knows of a code: the document, that there is none, or nothing because nobody could say. */
export function useProof(code: Readonly<Ref<string | undefined>>) {
  const asked = computed(() => tidyCode(code.value ?? ''))
  const { data: proof, error: failure, isLoading, refetch: load } = useQuery(() => proofQuery(asked.value))
  const isUnknown = computed(() => failure.value instanceof Problem && [400, 404, 422].includes(failure.value.status))

  return { asked, proof, failure, isUnknown, isLoading, load }
}
