/**
 * Sends what was written, conversation by conversation, one message at a time and in the order of writing. Repeating is safe:
 * the server knows a message by its `clientId`. What the server refuses steps aside; what it could not take holds up the rest.
 */
import { shallowReactive } from 'vue'
import { Problem } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import type { Outgoing, OutgoingPicture } from './outgoing'

/** From so many failures in a row on, people are told; it goes on trying all the same. */
const TOLD_AFTER = 3

export interface OutboxOptions {
  deliver: (item: Outgoing, onPicture: (index: number, change: Partial<OutgoingPicture>) => void) => Promise<Message>
  /** Called before the item leaves the queue, so that the message never vanishes in between. */
  delivered: (message: Message) => void
  refused: (item: Outgoing, problem: Problem) => void
  saved: (item: Outgoing) => void
  removed: (item: Outgoing) => void
  isConnected: () => boolean
  /** Milliseconds before the given try; handed in so that tests do not wait. */
  pause?: (attempt: number) => number
}

const patience = (attempt: number) => Math.min(30_000, 1000 * 2 ** Math.min(attempt - 1, 5)) * (0.75 + Math.random() / 2)

/** Whether the same message may be taken another time. Without words from the server, nobody has said no. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Problem)) return true
  return error.status >= 500 || error.status === 0 || [401, 408, 425, 429].includes(error.status)
}

export function createOutbox({ deliver, delivered, refused, saved, removed, isConnected, pause = patience }: OutboxOptions) {
  const queues = shallowReactive(new Map<string, readonly Outgoing[]>())
  const running = new Set<string>()
  const failures = new Map<string, number>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const queueOf = (conversationId: string) => queues.get(conversationId) ?? []
  const find = (clientId: string) => [...queues.values()].flat().find((item) => item.clientId === clientId)

  function change(item: Outgoing, fields: Partial<Outgoing>): void {
    const queue = queueOf(item.conversationId)
    if (!queue.some(({ clientId }) => clientId === item.clientId)) return
    queues.set(
      item.conversationId,
      queue.map((other) => (other.clientId === item.clientId ? { ...other, ...fields } : other)),
    )
  }

  function changePicture(clientId: string, index: number, fields: Partial<OutgoingPicture>): void {
    const item = find(clientId)
    if (!item) return
    change(item, { pictures: item.pictures.map((picture, at) => (at === index ? { ...picture, ...fields } : picture)) })
    const after = find(clientId)
    if (after && fields.attachment) saved(after)
  }

  function remove(conversationId: string, clientId: string): void {
    const item = queueOf(conversationId).find((other) => other.clientId === clientId)
    if (!item) return
    const rest = queueOf(conversationId).filter((other) => other !== item)
    if (rest.length > 0) queues.set(conversationId, rest)
    else queues.delete(conversationId)
    removed(item)
  }

  /** True when the next one may follow at once. */
  async function attempt(item: Outgoing): Promise<boolean> {
    change(item, { state: 'sending', failure: null })
    try {
      const message = await deliver(item, (index, fields) => changePicture(item.clientId, index, fields))
      failures.delete(item.conversationId)
      delivered(message)
      remove(item.conversationId, item.clientId)
      return true
    } catch (error) {
      if (error instanceof Problem && !mayPass(error)) {
        failures.delete(item.conversationId)
        change(item, { state: 'refused', failure: error })
        refused(item, error)
        return true
      }
      holdUp(item, error)
      return false
    }
  }

  function holdUp(item: Outgoing, error: unknown): void {
    const count = (failures.get(item.conversationId) ?? 0) + 1
    failures.set(item.conversationId, count)
    // While the server is out of reach there is nothing to complain about: it waits, and the page says so.
    change(item, { state: isConnected() && count >= TOLD_AFTER ? 'failed' : 'waiting', failure: error })
    const asked = error instanceof Problem && error.retryAfter !== null ? error.retryAfter * 1000 : 0
    clearTimeout(timers.get(item.conversationId))
    timers.set(
      item.conversationId,
      setTimeout(() => void run(item.conversationId), Math.max(asked, pause(count))),
    )
  }

  async function run(conversationId: string): Promise<void> {
    if (running.has(conversationId)) return
    running.add(conversationId)
    clearTimeout(timers.get(conversationId))
    try {
      for (;;) {
        const next = queueOf(conversationId).find(({ state }) => state !== 'refused')
        if (!next || !(await attempt(next))) return
      }
    } finally {
      running.delete(conversationId)
    }
  }

  function put(item: Outgoing): void {
    queues.set(item.conversationId, [...queueOf(item.conversationId), item])
    saved(item)
    void run(item.conversationId)
  }

  /** Everything that waits is tried now: the connection is back, or somebody asked. */
  function wake(conversationId?: string): void {
    for (const id of conversationId === undefined ? [...queues.keys()] : [conversationId]) void run(id)
  }

  function retry(clientId: string): void {
    const item = find(clientId)
    if (!item) return
    // A picture that the server no longer knows is uploaded again, if it is still here.
    const isUnknown = item.failure instanceof Problem && item.failure.code === 'attachment_unusable'
    const pictures = isUnknown ? item.pictures.map((picture) => (picture.file ? { ...picture, attachment: null, progress: 0 } : picture)) : item.pictures
    change(item, { state: 'waiting', failure: null, pictures })
    wake(item.conversationId)
  }

  function discard(clientId: string): void {
    const item = find(clientId)
    if (item && item.state !== 'sending') remove(item.conversationId, clientId)
  }

  /** Puts back what an earlier visit left, without sending it twice from here. */
  function restore(items: readonly Outgoing[]): void {
    for (const item of items) if (!find(item.clientId)) queues.set(item.conversationId, [...queueOf(item.conversationId), item])
    wake()
  }

  /** Forgets everything here; what is kept on the device stays. */
  function clear(): void {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    failures.clear()
    queues.clear()
  }

  return { queues, queueOf, put, wake, retry, discard, remove, restore, clear }
}

export type Outbox = ReturnType<typeof createOutbox>
