import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { repliesQuery } from '../queries'

/** The vet's canned replies, in the order of their titles. */
export function useReplies() {
  const { data, error: failure, isLoading, refetch: load } = useQuery(repliesQuery)
  const replies = computed(() => data.value && [...data.value].sort((a, b) => a.title.localeCompare(b.title)))
  return { replies, failure, isLoading, load }
}
