/**
 * What was written and not yet stored by the server, kept on the device so that a reload loses no word. One key for each message:
 * two tabs write beside each other, not over each other. Pictures that were not uploaded yet are too large to be kept here.
 */
import type { Outgoing } from './outgoing'

const prefixOf = (accountId: string) => `hellopet.outbox.${accountId}.`

interface Kept {
  clientId: string
  conversationId: string
  text: string
  writtenAt: string
  attachments: Outgoing['pictures'][number]['attachment'][]
}

export function keep(accountId: string, item: Outgoing): void {
  const kept: Kept = {
    clientId: item.clientId,
    conversationId: item.conversationId,
    text: item.text,
    writtenAt: item.writtenAt,
    attachments: item.pictures.map(({ attachment }) => attachment),
  }
  try {
    localStorage.setItem(prefixOf(accountId) + item.clientId, JSON.stringify(kept))
  } catch {
    // A full or forbidden storage: the message is still here as long as the page is.
  }
}

export function forget(accountId: string, clientId: string): void {
  try {
    localStorage.removeItem(prefixOf(accountId) + clientId)
  } catch {
    // Nothing was kept either.
  }
}

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
    return kept && typeof kept.text === 'string' && Array.isArray(kept.attachments) ? kept : null
  } catch {
    return null
  }
}

function restored(kept: Kept): Outgoing {
  const pictures = kept.attachments.flatMap((attachment) =>
    attachment ? [{ previewUrl: attachment.url, file: null, width: attachment.width, height: attachment.height, attachment, progress: 1 }] : [],
  )
  return { clientId: kept.clientId, conversationId: kept.conversationId, text: kept.text, writtenAt: kept.writtenAt, pictures, state: 'waiting', failure: null }
}

/** What an earlier visit left, in the order of writing. `lost` are captions whose pictures are gone. */
export function restore(accountId: string): { items: Outgoing[]; lost: { conversationId: string; text: string }[] } {
  let keys: string[] = []
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(prefixOf(accountId)))
  } catch {
    // Without storage nothing was left.
  }
  const kept = keys.map(read).filter((entry) => entry !== null)
  kept.sort((a, b) => a.writtenAt.localeCompare(b.writtenAt))
  const isWhole = (entry: Kept) => entry.attachments.every((attachment) => attachment !== null)
  const lost = kept.filter((entry) => !isWhole(entry))
  for (const entry of lost) forget(accountId, entry.clientId)
  return { items: kept.filter(isWhole).map(restored), lost }
}
