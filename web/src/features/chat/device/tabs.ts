/** The tabs of one browser share what waits to be sent. They tell each other what changed, and only one of them sends at a time. */
import type { Message } from '@/shared/api/types'

/** What one tab tells the others. What it is about is read from the device; a stored message comes along, so that nothing flickers. */
export type Word =
  | { kind: 'written' | 'changed' | 'discarded'; accountId: string; conversationId: string; clientId: string }
  | { kind: 'delivered'; accountId: string; message: Message }
  | { kind: 'draft'; accountId: string; conversationId: string }

/** Without channels (old browsers) every tab finds out when it sends or loads. */
export function joinTabs(hear: (word: Word) => void): { tell: (word: Word) => void } {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined }
  const channel = new BroadcastChannel('hellopet.chat')
  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => hear(data))
  return { tell: (word) => channel.postMessage(word) }
}

/**
 * Runs `work` while no other tab does so for the same conversation. The lock goes with its tab, also when that one crashes.
 * Missing only where the page is not served securely: then the server's `clientId` alone keeps messages single.
 */
export async function alone(accountId: string, conversationId: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(`hellopet.outbox.${accountId}.${conversationId}`, work)
  else await work()
}
