/** The bytes of pictures that are not sent yet, on the device. */
import type { OutgoingPicture } from '../outgoing'
import { onDevice, type KeptBytes, type KeptPicture } from './database'

export function keptPicture({ id, uploadKey, uploadId, attachment, width, height }: OutgoingPicture): KeptPicture {
  return { id, uploadKey, uploadId, attachment, width, height }
}

/** Buffers and not blobs: those are what every browser keeps, also in private windows. */
export async function keptBytes(accountId: string, { id, file }: OutgoingPicture): Promise<KeptBytes> {
  return { id, accountId, bytes: await file.arrayBuffer(), type: file.type }
}

async function pictureOf(picture: KeptPicture): Promise<OutgoingPicture | null> {
  const stored = await onDevice((device) => device.get('pictures', picture.id))
  if (!stored) return null
  const file = new Blob([stored.bytes], { type: stored.type })
  return { ...picture, file, previewUrl: URL.createObjectURL(file), progress: picture.attachment ? 1 : 0 }
}

/** Pictures with their bytes. One whose bytes are gone is gone. */
export async function picturesOf(pictures: readonly KeptPicture[]): Promise<OutgoingPicture[]> {
  return (await Promise.all(pictures.map(pictureOf))).filter((picture) => picture !== null)
}

/** Removes what no message and no draft has any more, as after a crash between two steps. */
export async function sweepPictures(accountId: string): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction(['outbox', 'drafts', 'pictures'], 'readwrite')
    const owners = [
      ...(await change.objectStore('outbox').index('account').getAll(accountId)),
      ...(await change.objectStore('drafts').index('account').getAll(accountId)),
    ]
    const used = new Set(owners.flatMap(({ pictures }) => pictures.map(({ id }) => id)))
    const store = change.objectStore('pictures')
    for (const id of await store.index('account').getAllKeys(accountId)) if (!used.has(id)) await store.delete(id)
    await change.done
  })
}
