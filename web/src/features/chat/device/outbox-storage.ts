/** Messages that wait to be sent, on the device. What is changed or forgotten stays so for every tab of this browser. */
import { Problem, problemFromBody } from '@/shared/api/problem'
import { serverNow } from '@/shared/time/server-clock'
import type { Draft } from '../drafts'
import type { Outgoing } from '../outgoing'
import { onDevice, type KeptMessage } from './database'
import { keptPicture, picturesOf } from './picture-storage'

function kept(accountId: string, item: Outgoing): KeptMessage {
  const { clientId, conversationId, text, writtenAt, state, failure } = item
  const refusal =
    state === 'refused' && failure instanceof Problem
      ? { status: failure.status, body: { ...failure.body, code: failure.code, message: failure.message } }
      : null
  return { clientId, accountId, conversationId, text, writtenAt, pictures: item.pictures.map(keptPicture), refusal }
}

/** Keeps a new message in the place of its draft, so that no crash loses or doubles the words. True when it is on the device. */
export async function keep(accountId: string, item: Outgoing): Promise<boolean> {
  const isKept = await onDevice(async (device) => {
    const change = device.transaction(['outbox', 'drafts'], 'readwrite')
    await Promise.all([
      change.objectStore('outbox').put(kept(accountId, item)),
      change.objectStore('drafts').delete([accountId, item.conversationId]),
      change.done,
    ])
    return true
  })
  return isKept ?? false
}

/** What is not here any more stays away: another tab has sent it, or somebody signed out. */
export async function change(accountId: string, item: Outgoing): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction('outbox', 'readwrite')
    if (await change.store.getKey(item.clientId)) await change.store.put(kept(accountId, item))
    await change.done
  })
}

export async function forget(item: Outgoing): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction(['outbox', 'pictures'], 'readwrite')
    await Promise.all([
      change.objectStore('outbox').delete(item.clientId),
      ...item.pictures.map(({ id }) => change.objectStore('pictures').delete(id)),
      change.done,
    ])
  })
}

/** The other way round: a message becomes the draft it was, in one step, and its pictures stay. */
export async function takeBack(accountId: string, item: Outgoing, draft: Draft): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction(['outbox', 'drafts'], 'readwrite')
    const kept = {
      accountId,
      conversationId: item.conversationId,
      text: draft.text,
      keptAt: serverNow(),
      pictures: draft.pictures.map(keptPicture),
    }
    await Promise.all([
      change.objectStore('outbox').delete(item.clientId),
      change.objectStore('drafts').put(kept),
      change.done,
    ])
  })
}

async function outgoing(message: KeptMessage): Promise<Outgoing> {
  const { clientId, conversationId, text, writtenAt, refusal } = message
  const pictures = await picturesOf(message.pictures)
  return {
    clientId,
    conversationId,
    text,
    writtenAt,
    pictures,
    state: refusal ? 'refused' : 'waiting',
    failure: refusal && problemFromBody(refusal.body, refusal.status),
  }
}

export async function read(accountId: string, clientId: string): Promise<Outgoing | null> {
  const message = await onDevice((device) => device.get('outbox', clientId))
  return message?.accountId === accountId ? outgoing(message) : null
}

/** The names of all that wait in a conversation; null when nobody can say. */
export async function waiting(accountId: string, conversationId: string): Promise<ReadonlySet<string> | null> {
  const messages = await onDevice((device) => device.getAllFromIndex('outbox', 'account', accountId))
  return (
    messages &&
    new Set(messages.filter((message) => message.conversationId === conversationId).map(({ clientId }) => clientId))
  )
}

/** Messages with their conversations, and the conversations in which something was begun. */
export async function readUnsent(
  accountId: string,
): Promise<{ messages: [clientId: string, conversationId: string][]; drafts: string[] }> {
  const found = await onDevice(async (device) => ({
    messages: (await device.getAllFromIndex('outbox', 'account', accountId)).map(
      ({ clientId, conversationId }): [string, string] => [clientId, conversationId],
    ),
    drafts: (await device.getAllFromIndex('drafts', 'account', accountId))
      .filter(({ text, pictures }) => text.trim() !== '' || pictures.length > 0)
      .map(({ conversationId }) => conversationId),
  }))
  return found ?? { messages: [], drafts: [] }
}

/** Everything that waits, in the order of writing. */
export async function restore(accountId: string): Promise<Outgoing[]> {
  const messages = (await onDevice((device) => device.getAllFromIndex('outbox', 'account', accountId))) ?? []
  const items = await Promise.all(messages.map(outgoing))
  return items.filter(({ text, pictures }) => text !== '' || pictures.length > 0)
}
