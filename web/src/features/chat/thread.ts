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
  /** A part further up that somebody jumped to, without gaps in itself. Null when none is open, or when it has met `messages`. */
  readonly part: readonly Message[] | null
}

export const emptyThread: Thread = { messages: [], ahead: [], part: null }

/** What the page shows: the part that somebody jumped to, else the newest. */
export const shownOf = (thread: Thread) => thread.part ?? thread.messages

export const firstSeq = (thread: Thread) => shownOf(thread)[0]?.seq ?? 1
/** The newest of all, also while a part further up is shown. */
export const lastSeq = (thread: Thread) => thread.messages.at(-1)?.seq ?? 0

/** `seq` starts at 1, so anything else at the top means that there is more above it. */
export const hasOlder = (thread: Thread) => firstSeq(thread) > 1

/** Whether there is more between what is shown and the newest. */
export const hasNewer = (thread: Thread) => thread.part !== null

/** Whether messages are missing between what is shown and what is known to exist. */
export const isBehind = (thread: Thread, newestSeq: number) => thread.ahead.length > 0 || lastSeq(thread) < newestSeq

const inOrder = (messages: readonly Message[]) => [...messages].sort((a, b) => a.seq - b.seq)

/** The newest page of a conversation that was not known yet. */
export function threadOf(page: readonly Message[]): Thread {
  return { messages: inOrder(page), ahead: [], part: null }
}

type BySeq = ReadonlyMap<number, Message>

/** The known messages that follow `seq` without a gap, itself included. */
function runFrom(seq: number, known: BySeq): Message[] {
  const run: Message[] = []
  for (let message = known.get(seq); message; message = known.get(++seq)) run.push(message)
  return run
}

/** The run around what was one before, longer at both ends where more is known now. */
function grown(run: readonly Message[], known: BySeq): Message[] {
  let first = run[0]?.seq ?? 1
  while (known.has(first - 1)) first -= 1
  return runFrom(first, known)
}

function arranged(thread: Thread, known: BySeq): Thread {
  const messages = grown(thread.messages, known)
  const newest = messages.at(-1)?.seq ?? 0
  const ahead = inOrder([...known.values()].filter(({ seq }) => seq > newest))
  const part = thread.part && grown(thread.part, known)
  // Once it reaches the newest it is a part no more.
  const isApart = part !== null && (part[0]?.seq ?? 0) < (messages[0]?.seq ?? 0)
  return { messages, ahead, part: isApart ? part : null }
}

const all = ({ messages, ahead, part }: Thread) => [...messages, ...ahead, ...(part ?? [])]

/** What is known stays the same object, so that nothing is drawn anew for hearing it twice. */
function bySeq(messages: readonly Message[]): BySeq {
  const known = new Map<number, Message>()
  for (const message of messages) if (!known.has(message.seq)) known.set(message.seq, message)
  return known
}

export function merge(thread: Thread, incoming: readonly Message[]): Thread {
  const before = all(thread)
  const known = bySeq([...before, ...incoming])
  return known.size === before.length ? thread : arranged(thread, known)
}

/** Shows the part of the conversation that holds `page`; the newest, when those have it. */
export function jumpTo(thread: Thread, page: readonly Message[]): Thread {
  const opened = { ...thread, part: inOrder(page) }
  return page.length === 0 ? toNewest(thread) : arranged(opened, bySeq(all(opened)))
}

/** Closes the part that was open: the newest are shown again. */
export function toNewest(thread: Thread): Thread {
  return thread.part === null ? thread : { ...thread, part: null }
}
