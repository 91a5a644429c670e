/**
 * What this browser keeps for whoever is signed in: what was begun to be written, what waits to be sent, the pictures of both, and
 * what was last read, for places without a signal.
 * In IndexedDB, which takes pictures and survives a reload, a crash and a night. Where there is none (some private windows), or
 * where it is full, everything works as before and lasts as long as the page.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Attachment, Conversation, Message } from '@/shared/api/types'
import { serverNow } from '@/shared/time/server-clock'

/** A picture of a message or draft: everything but its bytes. */
export interface KeptPicture {
  id: string
  uploadKey: string
  uploadId: string | null
  attachment: Attachment | null
  width: number
  height: number
}

export interface KeptMessage {
  clientId: string
  accountId: string
  conversationId: string
  text: string
  writtenAt: string
  pictures: KeptPicture[]
  /** Why the server does not take it, as its own words; null while it may be sent. */
  refusal: { status: number; body: Readonly<Record<string, unknown>> } | null
}

export interface KeptDraft {
  accountId: string
  conversationId: string
  text: string
  /** When it was written at last; missing where an earlier release kept it. */
  keptAt?: number
  pictures: KeptPicture[]
}

/** Written once: bytes are heavy, and what else is known of a picture changes often. */
export interface KeptBytes {
  id: string
  accountId: string
  bytes: ArrayBuffer
  type: string
}

export interface KeptConversation {
  accountId: string
  conversationId: string
  keptAt: number
  conversation: Conversation
  /** The newest, without gaps, in the order of `seq`; null where it was never opened here. */
  messages: readonly Message[] | null
}

interface Schema extends DBSchema {
  outbox: { key: string; value: KeptMessage; indexes: { account: string } }
  drafts: { key: [string, string]; value: KeptDraft; indexes: { account: string } }
  pictures: { key: string; value: KeptBytes; indexes: { account: string } }
  conversations: { key: [string, string]; value: KeptConversation; indexes: { account: string } }
}

const STORES = ['outbox', 'drafts', 'pictures', 'conversations'] as const

export type Device = IDBPDatabase<Schema>

/** Some browsers never answer after a crash; nobody waits for them. */
const OPENING_MS = 3000

let opening: Promise<Device | null> | null = null
/** Once it took too long, nobody waits any more: what is asked meanwhile goes without, and what comes later has it. */
let isLate = false

/** It is opened anew when it is needed again. */
function close(): void {
  opening = null
}

function open(): Promise<Device> {
  return openDB<Schema>('hellopet', 2, {
    upgrade(device, before) {
      if (before < 1) {
        device.createObjectStore('outbox', { keyPath: 'clientId' }).createIndex('account', 'accountId')
        device
          .createObjectStore('drafts', { keyPath: ['accountId', 'conversationId'] })
          .createIndex('account', 'accountId')
        device.createObjectStore('pictures', { keyPath: 'id' }).createIndex('account', 'accountId')
      }
      if (before < 2)
        device
          .createObjectStore('conversations', { keyPath: ['accountId', 'conversationId'] })
          .createIndex('account', 'accountId')
    },
    // A newer release in another tab may change the stores, or somebody deletes them there.
    blocking: (_current, _wanted, event) => {
      close()
      ;(event.target as IDBDatabase).close()
    },
    terminated: close,
  })
}

function opened(): Promise<Device | null> {
  opening ??= open()
    .then((device) => {
      isLate = false
      return device
    })
    .catch(() => null)
  const tooLate = new Promise<null>((resolve) =>
    setTimeout(
      () => {
        isLate = true
        resolve(null)
      },
      isLate ? 0 : OPENING_MS,
    ),
  )
  return Promise.race([opening, tooLate])
}

/** The connection was closed under our hands, which is said only when it is used. */
const isClosed = (error: unknown) => error instanceof DOMException && error.name === 'InvalidStateError'

/** Does something with what is kept. Null when nothing can be: forbidden, full, or gone. Never throws. */
export async function onDevice<Result>(work: (device: Device) => Promise<Result>): Promise<Result | null> {
  try {
    const device = await opened()
    if (!device) return null
    return await work(device).catch(async (error: unknown) => {
      if (!isClosed(error)) throw error
      close()
      const anew = await opened()
      return anew && work(anew)
    })
  } catch {
    return null
  }
}

/** Loses what was written before, whosever it is. A draft without a date gets today's. */
export async function clearBefore(instant: number): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction(STORES, 'readwrite')
    const conversations = change.objectStore('conversations')
    for (const { accountId, conversationId, keptAt } of await conversations.getAll())
      if (keptAt < instant) await conversations.delete([accountId, conversationId])
    const messages = change.objectStore('outbox')
    const drafts = change.objectStore('drafts')
    const used = new Set<string>()
    for (const message of await messages.getAll()) {
      if (Date.parse(message.writtenAt) < instant) await messages.delete(message.clientId)
      else for (const { id } of message.pictures) used.add(id)
    }
    for (const draft of await drafts.getAll()) {
      if (draft.keptAt !== undefined && draft.keptAt < instant)
        await drafts.delete([draft.accountId, draft.conversationId])
      else for (const { id } of draft.pictures) used.add(id)
      if (draft.keptAt === undefined) await drafts.put({ ...draft, keptAt: serverNow() })
    }
    const pictures = change.objectStore('pictures')
    for (const id of await pictures.getAllKeys()) if (!used.has(id)) await pictures.delete(id)
    await change.done
  })
}

/** After signing out on purpose nothing private stays in this browser. */
export async function clearDevice(accountId: string): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction(STORES, 'readwrite')
    for (const name of STORES) {
      const store = change.objectStore(name)
      for (const key of await store.index('account').getAllKeys(accountId)) await store.delete(key as never)
    }
    await change.done
  })
}
