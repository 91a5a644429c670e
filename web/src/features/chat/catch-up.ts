/** Fetches what follows the last known message until nothing is missing: by `seq`, never by a time window. */
import type { Message } from '@/shared/api/types'
import { fetchAfter } from './api'
import { oneAtATime } from './one-at-a-time'
import { lastSeq, type Thread } from './thread'

const AGAIN_AFTER_MS = 3000

export interface CatchUpOptions {
  thread: (conversationId: string) => Thread | undefined
  absorb: (conversationId: string, messages: readonly Message[]) => void
  isBehind: (conversationId: string) => boolean
}

export function createCatchUp({ thread, absorb, isBehind }: CatchUpOptions) {
  const asks = new Map<string, () => Promise<void>>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  async function fetchAll(conversationId: string): Promise<void> {
    clearTimeout(timers.get(conversationId))
    try {
      for (let known = thread(conversationId); known; known = thread(conversationId)) {
        const page = await fetchAfter(conversationId, lastSeq(known))
        absorb(conversationId, page.items)
        if (!page.nextCursor || page.items.length === 0) break
      }
    } catch {
      // What is missing stays missing for now; the next connect asks again, and so does the timer below.
    }
    if (isBehind(conversationId))
      timers.set(
        conversationId,
        setTimeout(() => void catchUp(conversationId), AGAIN_AFTER_MS),
      )
  }

  /** Never throws. */
  function catchUp(conversationId: string): Promise<void> {
    const ask = asks.get(conversationId) ?? oneAtATime(() => fetchAll(conversationId))
    asks.set(conversationId, ask)
    return ask()
  }

  function clear(): void {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    asks.clear()
  }

  return { catchUp, clear }
}
