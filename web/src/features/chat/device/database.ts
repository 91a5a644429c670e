/**
 * What this browser keeps for whoever is signed in: what was begun to be written, what waits to be sent, and the pictures of both.
 * In IndexedDB, which takes pictures and survives a reload, a crash and a night. Where there is none (some private windows), or
 * where it is full, everything works as before and lasts as long as the page.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Attachment } from '@/shared/api/types'

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
  pictures: KeptPicture[]
}

/** Written once: bytes are heavy, and what else is known of a picture changes often. */
export interface KeptBytes {
  id: string
  accountId: string
  bytes: ArrayBuffer
  type: string
}

interface Schema extends DBSchema {
  outbox: { key: string; value: KeptMessage; indexes: { account: string } }
  drafts: { key: [string, string]; value: KeptDraft; indexes: { account: string } }
  pictures: { key: string; value: KeptBytes; indexes: { account: string } }
}

export type Device = IDBPDatabase<Schema>

/** Some browsers never answer after a crash; nobody waits for them. */
const OPENING_MS = 3000

let opening: Promise<Device | null> | null = null

function open(): Promise<Device> {
  return openDB<Schema>('hellopet', 1, {
    upgrade(device) {
      device.createObjectStore('outbox', { keyPath: 'clientId' }).createIndex('account', 'accountId')
      device.createObjectStore('drafts', { keyPath: ['accountId', 'conversationId'] }).createIndex('account', 'accountId')
      device.createObjectStore('pictures', { keyPath: 'id' }).createIndex('account', 'accountId')
    },
    // A newer release in another tab may change the stores.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opening = null
    },
  })
}

function opened(): Promise<Device | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), OPENING_MS))
  opening ??= Promise.race([open(), tooLate]).catch(() => null)
  return opening
}

/** Does something with what is kept. Null when nothing can be: forbidden, full, or gone. Never throws. */
export async function onDevice<Result>(work: (device: Device) => Promise<Result>): Promise<Result | null> {
  try {
    const device = await opened()
    return device ? await work(device) : null
  } catch {
    return null
  }
}

/** After signing out on purpose nothing private stays in this browser. */
export async function clearDevice(accountId: string): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction(['outbox', 'drafts', 'pictures'], 'readwrite')
    for (const name of ['outbox', 'drafts', 'pictures'] as const) {
      const store = change.objectStore(name)
      for (const key of await store.index('account').getAllKeys(accountId)) await store.delete(key as never)
    }
    await change.done
  })
}
