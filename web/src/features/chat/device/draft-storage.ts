/** What was begun to be written, on the device: words and chosen pictures. */
import { serverNow } from '@/shared/time/server-clock'
import type { Draft } from '../drafts'
import type { OutgoingPicture } from '../outgoing'
import { onDevice, type KeptDraft } from './database'
import { keptBytes, keptPicture, picturesOf } from './picture-storage'

/**
 * Keeps a draft as it is when its pictures have been read: `added` are those whose bytes are not on the device yet. One that was
 * taken meanwhile, to be sent, leaves its place to the message.
 */
export async function keepDraft(
  accountId: string,
  conversationId: string,
  current: () => Draft | undefined,
  added: readonly OutgoingPicture[] = [],
): Promise<void> {
  const bytes = await Promise.all(added.map((picture) => keptBytes(accountId, picture)))
  await onDevice(async (device) => {
    const change = device.transaction(['drafts', 'pictures'], 'readwrite')
    const draft = current()
    const isEmpty = draft?.text === '' && draft.pictures.length === 0
    if (isEmpty) await change.objectStore('drafts').delete([accountId, conversationId])
    else if (draft)
      await change.objectStore('drafts').put({
        accountId,
        conversationId,
        text: draft.text,
        keptAt: serverNow(),
        pictures: draft.pictures.map(keptPicture),
      })
    for (const one of bytes) await change.objectStore('pictures').put(one)
    await change.done
  })
}

export async function forgetPicture(id: string): Promise<void> {
  await onDevice((device) => device.delete('pictures', id))
}

const draftOf = async ({ text, pictures }: KeptDraft): Promise<Draft> => ({
  text,
  pictures: await picturesOf(pictures),
})

export async function readDraft(accountId: string, conversationId: string): Promise<Draft | null> {
  const kept = await onDevice((device) => device.get('drafts', [accountId, conversationId]))
  return kept ? draftOf(kept) : null
}

export async function restoreDrafts(accountId: string): Promise<Map<string, Draft>> {
  const kept = (await onDevice((device) => device.getAllFromIndex('drafts', 'account', accountId))) ?? []
  return new Map(await Promise.all(kept.map(async (one) => [one.conversationId, await draftOf(one)] as const)))
}
