/** Tells the server what was received and read here. Several in a moment are one, and what is known is not said again. */
import { realtime } from '@/shared/realtime'
import type { Conversation } from '@/shared/api/types'

const GATHERING_MS = 100

type Kind = 'delivered' | 'read'

export interface MarkerOptions {
  me: () => string
  /** The conversation as it is known when the moment is over; null when it is of no concern any more. */
  conversation: (id: string) => Conversation | undefined
  /** The server has it. */
  done: (conversationId: string, seq: number, kind: Kind) => void
}

export function createMarker({ me, conversation, done }: MarkerOptions) {
  const wanted = new Map<string, { id: string; seq: number; kind: Kind }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function tell(id: string, seq: number, kind: Kind): Promise<void> {
    const about = conversation(id)
    if (!about || seq <= (kind === 'read' ? about.readSeq : about.deliveredSeq)) return
    try {
      if (kind === 'read') await realtime.request('markAsRead', { senderId: me(), receiverId: about.counterpart.id, conversationId: id, seq })
      else await realtime.request('markAsDelivered', { conversationId: id, seq })
      done(id, seq, kind)
    } catch {
      // Cut off or too busy: whoever looks at the conversation after the next connect says it again.
    }
  }

  function flush(): void {
    timer = undefined
    const all = [...wanted.values()]
    wanted.clear()
    for (const { id, seq, kind } of all) void tell(id, seq, kind)
  }

  function mark(id: string, seq: number, kind: Kind): void {
    const key = `${kind} ${id}`
    wanted.set(key, { id, kind, seq: Math.max(seq, wanted.get(key)?.seq ?? 0) })
    timer ??= setTimeout(flush, GATHERING_MS)
  }

  function clear(): void {
    clearTimeout(timer)
    timer = undefined
    wanted.clear()
  }

  return { mark, clear }
}
