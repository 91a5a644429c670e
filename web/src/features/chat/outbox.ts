/**
 * Sends what was written, conversation by conversation, one message at a time and in the order of writing. Repeating is safe:
 * the server knows a message by its `clientId`. What the server refuses steps aside; what it could not take holds up the rest.
 * Several tabs have one outbox: the device keeps it, and only one of them sends at a time.
 */
import { shallowReactive } from 'vue'
import { Problem } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import { inWritingOrder, type Outgoing, type OutgoingPicture } from './outgoing'

/** From so many failures in a row on, people are told; it goes on trying all the same. */
const TOLD_AFTER = 3

export interface OutboxOptions {
  deliver: (item: Outgoing, onPicture: (index: number, change: Partial<OutgoingPicture>) => void) => Promise<Message>
  /** Called before the item leaves the queue, so that the message never vanishes in between. */
  delivered: (message: Message) => void
  refused: (item: Outgoing, problem: Problem) => void
  /** Keeps a new item on the device; false when that cannot be. */
  kept: (item: Outgoing) => Promise<boolean>
  changed: (item: Outgoing) => void
  removed: (item: Outgoing) => void
  /** What the device keeps for a conversation: all names, and what this tab does not know yet. Null when nobody can say. */
  stored: (
    conversationId: string,
    known: readonly Outgoing[],
  ) => Promise<{ names: ReadonlySet<string>; others: readonly Outgoing[] } | null>
  /** Another tab has sent an item of ours. */
  sentElsewhere: (item: Outgoing) => void
  /** Runs the work while no other tab does the same for this conversation. */
  alone: (conversationId: string, work: () => Promise<void>) => Promise<void>
  isConnected: () => boolean
  /** Trying is pointless until `wake` is called. */
  isOffline: () => boolean
  /** Milliseconds before the given try; handed in so that tests do not wait. */
  pause?: (attempt: number) => number
}

const patience = (attempt: number) =>
  Math.min(30_000, 1000 * 2 ** Math.min(attempt - 1, 5)) * (0.75 + Math.random() / 2)

/** Whether the same message may be taken another time. Without words from the server, nobody has said no. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Problem)) return true
  return error.status >= 500 || error.status === 0 || [401, 408, 425, 429].includes(error.status)
}

const uploadOf = ({ uploadKey, uploadId, attachment }: OutgoingPicture) => ({ uploadKey, uploadId, attachment })

export function createOutbox({
  deliver,
  delivered,
  refused,
  kept,
  changed,
  removed,
  stored,
  sentElsewhere,
  alone,
  isConnected,
  isOffline,
  pause = patience,
}: OutboxOptions) {
  const queues = shallowReactive(new Map<string, readonly Outgoing[]>())
  /** What is known to be on the device: should it be gone from there, another tab has sent it. */
  const durable = new Set<string>()
  const running = new Set<string>()
  const failures = new Map<string, number>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const queueOf = (conversationId: string) => queues.get(conversationId) ?? []
  const find = (clientId: string) => [...queues.values()].flat().find((item) => item.clientId === clientId)

  function setQueue(conversationId: string, queue: readonly Outgoing[]): void {
    if (queue.length > 0) queues.set(conversationId, queue)
    else queues.delete(conversationId)
  }

  function add(item: Outgoing): void {
    if (!find(item.clientId)) setQueue(item.conversationId, inWritingOrder([...queueOf(item.conversationId), item]))
  }

  function change(item: Outgoing, fields: Partial<Outgoing>): void {
    setQueue(
      item.conversationId,
      queueOf(item.conversationId).map((other) => (other.clientId === item.clientId ? { ...other, ...fields } : other)),
    )
  }

  function changePicture(clientId: string, index: number, fields: Partial<OutgoingPicture>): void {
    const item = find(clientId)
    if (!item) return
    // Whatever moves is no failure.
    if (fields.progress) failures.delete(item.conversationId)
    change(item, { pictures: item.pictures.map((picture, at) => (at === index ? { ...picture, ...fields } : picture)) })
    const after = find(clientId)
    if (after && (fields.attachment || fields.uploadId)) changed(after)
  }

  /** Takes an item out of the queue of this tab. */
  function drop(item: Outgoing): void {
    durable.delete(item.clientId)
    setQueue(
      item.conversationId,
      queueOf(item.conversationId).filter(({ clientId }) => clientId !== item.clientId),
    )
  }

  function remove(clientId: string): void {
    const item = find(clientId)
    if (!item) return
    drop(item)
    removed(item)
  }

  /** True when the next one may follow at once. */
  async function attempt(item: Outgoing): Promise<boolean> {
    change(item, { state: 'sending', failure: null })
    try {
      const message = await deliver(item, (index, fields) => changePicture(item.clientId, index, fields))
      failures.delete(item.conversationId)
      delivered(message)
      remove(item.clientId)
      return true
    } catch (error) {
      if (error instanceof Problem && !mayPass(error)) {
        failures.delete(item.conversationId)
        change(item, { state: 'refused', failure: error })
        const after = find(item.clientId)
        if (after) changed(after)
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

  /** The device knows what other tabs wrote and sent meanwhile. */
  async function agree(conversationId: string): Promise<void> {
    const known = queueOf(conversationId)
    const wereKept = known.filter(({ clientId }) => durable.has(clientId))
    const found = await stored(conversationId, known)
    if (!found) return
    for (const item of wereKept) {
      if (found.names.has(item.clientId)) continue
      drop(item)
      sentElsewhere(item)
    }
    for (const item of found.others) addStored(item)
  }

  function addStored(item: Outgoing): void {
    durable.add(item.clientId)
    add(item)
  }

  async function sendAll(conversationId: string): Promise<void> {
    await agree(conversationId)
    while (!isOffline()) {
      const next = queueOf(conversationId).find(({ state }) => state !== 'refused')
      if (!next || !(await attempt(next))) return
    }
  }

  async function run(conversationId: string): Promise<void> {
    if (running.has(conversationId) || isOffline()) return
    running.add(conversationId)
    clearTimeout(timers.get(conversationId))
    try {
      await alone(conversationId, () => sendAll(conversationId))
    } finally {
      running.delete(conversationId)
    }
    // Written while the last one was looked for.
    if (queueOf(conversationId).some(({ state }) => state === 'waiting') && !failures.has(conversationId))
      void run(conversationId)
  }

  async function put(item: Outgoing): Promise<void> {
    add(item)
    if (await kept(item)) durable.add(item.clientId)
    await run(item.conversationId)
  }

  /** Everything that waits is tried now: the connection is back, or somebody asked. */
  function wake(conversationId?: string): void {
    for (const id of conversationId === undefined ? [...queues.keys()] : [conversationId]) void run(id)
  }

  function retry(clientId: string): void {
    const item = find(clientId)
    if (!item) return
    change(item, { state: 'waiting', failure: null })
    const after = find(clientId)
    if (after) changed(after)
    wake(item.conversationId)
  }

  function discard(clientId: string): void {
    if (find(clientId)?.state !== 'sending') remove(clientId)
  }

  /** Puts back what an earlier visit left, or what another tab wrote. */
  function restore(items: readonly Outgoing[]): void {
    for (const item of items) addStored(item)
    wake()
  }

  /** Another tab changed an item: it was refused, or is to be sent again, or has begun to upload. */
  function replace(item: Outgoing): void {
    const known = find(item.clientId)
    if (!known || known.state === 'sending') return
    const pictures = known.pictures.map((picture, index) => ({
      ...picture,
      ...uploadOf(item.pictures[index] ?? picture),
    }))
    change(known, { state: item.state, failure: item.failure, pictures })
  }

  /** Forgets everything here; what is kept on the device stays. */
  function clear(): void {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    failures.clear()
    queues.clear()
    durable.clear()
  }

  return { queues, queueOf, find, put, wake, retry, discard, remove, drop, restore, replace, clear }
}

export type Outbox = ReturnType<typeof createOutbox>
