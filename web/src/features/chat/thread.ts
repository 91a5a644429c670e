/**
 * The messages of one conversation as this device knows them. Everything that arrives, by HTTP or socket, first time or
 * again, early or late, goes through `merge`: after it no message is there twice and the order is that of `seq`.
 */
import type { Message } from '@/shared/api/types'

export interface Thread {
  /** Without gaps, and up to the newest that may be shown. */
  readonly messages: readonly Message[]
  /** What came before its predecessors did. It is shown when they are here. */
  readonly ahead: readonly Message[]
}

export const emptyThread: Thread = { messages: [], ahead: [] }

export const firstSeq = (thread: Thread) => thread.messages[0]?.seq ?? 1
export const lastSeq = (thread: Thread) => thread.messages.at(-1)?.seq ?? 0

/** `seq` starts at 1, so anything else at the top means that there is more above it. */
export const hasOlder = (thread: Thread) => firstSeq(thread) > 1

/** Whether messages are missing between what is shown and what is known to exist. */
export const isBehind = (thread: Thread, newestSeq: number) => thread.ahead.length > 0 || lastSeq(thread) < newestSeq

/** The newest page of a conversation that was not known yet. */
export function threadOf(page: readonly Message[]): Thread {
  return { messages: [...page].sort((a, b) => a.seq - b.seq), ahead: [] }
}

export function merge(thread: Thread, incoming: readonly Message[]): Thread {
  const bySeq = new Map<number, Message>()
  // What is known stays the same object, so that nothing is drawn anew for hearing it twice.
  for (const message of [...thread.messages, ...thread.ahead, ...incoming]) if (!bySeq.has(message.seq)) bySeq.set(message.seq, message)
  if (bySeq.size === thread.messages.length + thread.ahead.length) return thread

  let first = firstSeq(thread)
  while (bySeq.has(first - 1)) first -= 1
  const messages: Message[] = []
  for (let seq = first, message = bySeq.get(seq); message; message = bySeq.get(++seq)) messages.push(message)

  const shown = messages.at(-1)?.seq ?? first - 1
  const ahead = [...bySeq.values()].filter((message) => message.seq > shown).sort((a, b) => a.seq - b.seq)
  return { messages, ahead }
}
