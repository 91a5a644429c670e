/**
 * Tells the server what was received and read here. Several in a moment are one, what is known is not said again, and what did not
 * get through is said until it does.
 */
import { Problem } from '@/shared/api/problem'
import type { Conversation } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'

const GATHERING_MS = 100
const AGAIN_AFTER_MS = 2000
const LONGEST_PAUSE_MS = 30_000

type Kind = 'delivered' | 'read'

interface Mark {
  id: string
  seq: number
  kind: Kind
}

export interface MarkerOptions {
  me: () => string
  /** The conversation as it is known when the moment is over; null when it is of no concern any more. */
  conversation: (id: string) => Conversation | undefined
  /** The server has it. */
  done: (conversationId: string, seq: number, kind: Kind) => void
}

/** Whoever may not read a conversation any more need not say that they did. */
const isFinal = (error: unknown) =>
  error instanceof Problem && error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status)

export function createMarker({ me, conversation, done }: MarkerOptions) {
  const wanted = new Map<string, Mark>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isFlushing = false

  /** False when it has to be said again. */
  async function tell({ id, seq, kind }: Mark): Promise<boolean> {
    const about = conversation(id)
    if (!about || seq <= (kind === 'read' ? about.readSeq : about.deliveredSeq)) return true
    try {
      if (kind === 'read')
        await realtime.request('markAsRead', {
          senderId: me(),
          receiverId: about.counterpart.id,
          conversationId: id,
          seq,
        })
      else await realtime.request('markAsDelivered', { conversationId: id, seq })
      done(id, seq, kind)
      return true
    } catch (error) {
      return isFinal(error)
    }
  }

  async function tellAndForget(key: string, mark: Mark): Promise<boolean> {
    const isTold = await tell(mark)
    // A later one may have come meanwhile.
    if (isTold && wanted.get(key) === mark) wanted.delete(key)
    return isTold
  }

  async function flush(): Promise<void> {
    timer = undefined
    if (isFlushing) return
    isFlushing = true
    const told = await Promise.all([...wanted].map(([key, mark]) => tellAndForget(key, mark)))
    isFlushing = false
    failures = told.every(Boolean) ? 0 : failures + 1
    if (wanted.size > 0)
      wait(failures === 0 ? GATHERING_MS : Math.min(LONGEST_PAUSE_MS, AGAIN_AFTER_MS * 2 ** (failures - 1)))
  }

  function wait(milliseconds: number): void {
    timer ??= setTimeout(() => void flush(), milliseconds)
  }

  function mark(id: string, seq: number, kind: Kind): void {
    const key = `${kind} ${id}`
    if (seq <= (wanted.get(key)?.seq ?? 0)) return
    wanted.set(key, { id, kind, seq })
    wait(GATHERING_MS)
  }

  /** The connection is back: what waits is said now. */
  function hurry(): void {
    if (wanted.size === 0) return
    clearTimeout(timer)
    timer = undefined
    wait(0)
  }

  function clear(): void {
    clearTimeout(timer)
    timer = undefined
    failures = 0
    wanted.clear()
  }

  return { mark, hurry, clear }
}
