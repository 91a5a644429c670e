/** Opens conversations and turns their pages: upwards, downwards, and to any message by its `seq`. */
import type { Message } from '@/shared/api/types'
import * as chat from './api'
import { firstSeq, hasNewer, hasOlder, jumpTo, shownOf, threadOf, toNewest, type Thread } from './thread'

export interface HistoryOptions {
  threads: Map<string, Thread>
  /** What this device has of a conversation from an earlier visit. */
  kept: (conversationId: string) => Promise<readonly Message[] | null>
  absorb: (conversationId: string, messages: readonly Message[]) => void
  refresh: (conversationId: string) => Promise<void>
  catchUp: (conversationId: string) => Promise<void>
  isBehind: (conversationId: string) => boolean
  /** Whether still the same account is signed in as when this was made. */
  sameVisit: () => () => boolean
}

export function createHistory({ threads, kept, absorb, refresh, catchUp, isBehind, sameVisit }: HistoryOptions) {
  function update(conversationId: string, change: (thread: Thread) => Thread): void {
    const thread = threads.get(conversationId)
    if (thread) threads.set(conversationId, change(thread))
  }

  /** Makes a conversation and its newest messages available. Throws when it cannot be had. */
  async function open(conversationId: string): Promise<void> {
    const isSame = sameVisit()
    if (!threads.has(conversationId)) {
      const messages = await kept(conversationId)
      if (isSame() && messages && !threads.has(conversationId)) threads.set(conversationId, threadOf(messages))
    }
    if (threads.has(conversationId)) {
      await Promise.all([refresh(conversationId), catchUp(conversationId)])
      return
    }
    const [page] = await Promise.all([chat.fetchNewest(conversationId), refresh(conversationId)])
    if (!isSame()) return
    // Somebody may have opened it meanwhile, and heard more since.
    if (!threads.has(conversationId)) threads.set(conversationId, threadOf(page.items))
    absorb(conversationId, page.items)
    if (isBehind(conversationId)) void catchUp(conversationId)
  }

  async function loadOlder(conversationId: string): Promise<void> {
    const thread = threads.get(conversationId)
    if (!thread || !hasOlder(thread)) return
    const isSame = sameVisit()
    const page = await chat.fetchBefore(conversationId, firstSeq(thread))
    if (isSame()) absorb(conversationId, page.items)
  }

  /** What follows the part that somebody jumped to, until it meets the newest. */
  async function loadNewer(conversationId: string): Promise<void> {
    const thread = threads.get(conversationId)
    if (!thread || !hasNewer(thread)) return
    const isSame = sameVisit()
    const page = await chat.fetchAfter(conversationId, shownOf(thread).at(-1)?.seq ?? 0)
    if (isSame()) absorb(conversationId, page.items)
  }

  /** Shows the message with this `seq` among its neighbours. False when there is no such message. */
  async function jump(conversationId: string, seq: number): Promise<boolean> {
    const isShown = () => shownOf(threads.get(conversationId) ?? threadOf([])).some((message) => message.seq === seq)
    if (isShown()) return true
    update(conversationId, toNewest)
    if (isShown()) return true
    const isSame = sameVisit()
    const page = await chat.fetchAround(conversationId, seq)
    if (isSame()) update(conversationId, (thread) => jumpTo(thread, page.items))
    return isShown()
  }

  return { open, loadOlder, loadNewer, jump, toNewest: (conversationId: string) => update(conversationId, toNewest) }
}
