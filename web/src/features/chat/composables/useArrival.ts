import { shallowRef, watch } from 'vue'
import type { Conversation } from '@/shared/api/types'
import type { Arrival } from '../rows'

/**
 * Where somebody had read to when they came to a conversation, or came back to its window: kept, since what they see is marked as read
 * at once. Until the conversation is loaded, what is known of it may be older than what is unread.
 */
export function useArrival(
  conversation: () => Conversation | null,
  isLoaded: () => boolean,
  isAttended: () => boolean,
) {
  const arrival = shallowRef<Arrival | null>(null)

  function look(): void {
    const known = conversation()
    if (known && known.unreadCount > 0) arrival.value = { readSeq: known.readSeq, count: known.unreadCount }
  }

  const stop = watch(
    () => [conversation(), isLoaded()] as const,
    ([, loaded]) => {
      if (!arrival.value) look()
      if (loaded) queueMicrotask(() => stop())
    },
    { immediate: true, flush: 'sync' },
  )
  watch(isAttended, (is) => is && look(), { flush: 'sync' })

  /** Whoever answers has read it. */
  function leave(): void {
    arrival.value = null
  }

  return { arrival, leave }
}
