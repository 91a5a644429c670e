import { onMounted, ref, shallowRef } from 'vue'
import type { CannedReply } from '@/shared/api/types'
import { fetchReplies } from '../api'

/** The vet's canned replies, in the order of their titles. */
export function useReplies() {
  const replies = shallowRef<readonly CannedReply[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  const sorted = (list: readonly CannedReply[]) => [...list].sort((a, b) => a.title.localeCompare(b.title))

  async function load(): Promise<void> {
    isLoading.value = true
    try {
      replies.value = sorted(await fetchReplies())
      failure.value = null
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  /** The server's word on one of them, new or changed. */
  function put(reply: CannedReply): void {
    replies.value = sorted([...(replies.value ?? []).filter(({ id }) => id !== reply.id), reply])
  }

  function drop(id: string): void {
    replies.value = (replies.value ?? []).filter((reply) => reply.id !== id)
  }

  onMounted(load)
  return { replies, failure, isLoading, load, put, drop }
}
