/**
 * From the composer to the server: drafts, the outbox, the uploads of its pictures, all kept on the device and shared by the tabs
 * of this browser.
 */
import { shallowReactive } from 'vue'
import { newIdempotencyKey } from '@/shared/api/idempotency'
import { Problem } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import { serverNow } from '@/shared/time/server-clock'
import { postMessage } from './api'
import * as storage from './device/outbox-storage'
import { sweepPictures } from './device/picture-storage'
import { alone, joinTabs, type Word } from './device/tabs'
import { createDrafts } from './drafts'
import { createOutbox, type OutboxOptions } from './outbox'
import type { Outgoing, OutgoingPicture } from './outgoing'
import { upload } from './upload'

/** A picture that has to be uploaded once more, as another upload. */
const anew = (picture: OutgoingPicture): OutgoingPicture => ({
  ...picture,
  uploadKey: newIdempotencyKey(),
  uploadId: null,
  attachment: null,
  progress: 0,
})

export interface SendingOptions extends Pick<OutboxOptions, 'refused' | 'isConnected' | 'isOffline'> {
  /** Empty while nobody is signed in. */
  me: () => string
  /** A message of ours is stored. */
  absorb: (message: Message) => void
  /** Something of ours was stored, and this tab has not seen it. */
  catchUp: (conversationId: string) => void
}

export function createSending({ me, absorb, catchUp, refused, isConnected, isOffline }: SendingOptions) {
  /** Pictures sent from here are shown from here: no second download, no flicker. By the attachment's id. */
  const previews = shallowReactive(new Map<string, string>())
  const tabs = joinTabs(hear)

  const tell = (kind: 'written' | 'changed' | 'discarded', { conversationId, clientId }: Outgoing) =>
    tabs.tell({ kind, accountId: me(), conversationId, clientId })

  const drafts = createDrafts({
    accountId: me,
    changed: (conversationId) => tabs.tell({ kind: 'draft', accountId: me(), conversationId }),
  })

  const outbox = createOutbox({
    deliver,
    delivered: (message) => {
      tabs.tell({ kind: 'delivered', accountId: me(), message })
      absorb(message)
    },
    refused,
    kept: async (item) => {
      const isKept = await storage.keep(me(), item)
      if (isKept) tell('written', item)
      return isKept
    },
    changed: (item) => void storage.change(me(), item).then(() => tell('changed', item)),
    removed: (item) => {
      void storage.forget(item)
      releasePreviews(item)
    },
    stored,
    sentElsewhere: (item) => {
      releasePreviews(item)
      catchUp(item.conversationId)
    },
    alone: (conversationId, work) => alone(me(), conversationId, work),
    isConnected,
    isOffline,
  })

  async function stored(conversationId: string, known: readonly Outgoing[]) {
    const accountId = me()
    const names = await storage.waiting(accountId, conversationId)
    if (!names) return null
    const unknown = [...names].filter((name) => !known.some(({ clientId }) => clientId === name))
    const read = await Promise.all(unknown.map((name) => storage.read(accountId, name)))
    return { names, others: read.filter((item) => item !== null) }
  }

  async function attachmentOf(
    conversationId: string,
    picture: OutgoingPicture,
    onChange: (change: Partial<OutgoingPicture>) => void,
  ): Promise<string> {
    const attachment =
      picture.attachment ??
      (await upload(conversationId, picture, {
        begun: (uploadId) => onChange({ uploadId }),
        progress: (progress) => onChange({ progress }),
      }))
    previews.set(attachment.id, picture.previewUrl)
    onChange({ attachment, progress: 1 })
    return attachment.id
  }

  async function deliver(
    item: Outgoing,
    onPicture: (index: number, change: Partial<OutgoingPicture>) => void,
  ): Promise<Message> {
    const attachments: string[] = []
    for (const [index, picture] of item.pictures.entries())
      attachments.push(await attachmentOf(item.conversationId, picture, (change) => onPicture(index, change)))
    try {
      return await postMessage(item.conversationId, { message: item.text, clientId: item.clientId, attachments })
    } catch (error) {
      const isForgotten =
        error instanceof Problem &&
        error.code === 'attachment_unusable' &&
        item.pictures.some(({ attachment }) => attachment)
      if (!isForgotten) throw error
      // Uploaded at an earlier try, and kept by the server for a day only.
      const pictures = item.pictures.map(anew)
      for (const [index, picture] of pictures.entries()) onPicture(index, picture)
      return deliver({ ...item, pictures }, onPicture)
    }
  }

  function releasePreviews({ pictures }: Outgoing): void {
    const shown = new Set(previews.values())
    for (const { previewUrl } of pictures) if (!shown.has(previewUrl)) URL.revokeObjectURL(previewUrl)
  }

  /** What another tab of the same account did. */
  function hear(word: Word): void {
    if (word.accountId !== me()) return
    if (word.kind === 'delivered') absorb(word.message)
    else if (word.kind === 'draft') void drafts.refresh(word.conversationId)
    else if (word.kind === 'discarded') {
      const item = outbox.find(word.clientId)
      if (item) outbox.drop(item)
    } else void readAgain(word)
  }

  async function readAgain({
    kind,
    accountId,
    conversationId,
    clientId,
  }: Exclude<Word, { kind: 'delivered' | 'draft' }>): Promise<void> {
    const item = await storage.read(accountId, clientId)
    if (!item || accountId !== me()) return
    if (kind === 'changed') {
      outbox.replace(item)
      outbox.wake(conversationId)
      return
    }
    // The words have left the draft there, so they leave it here.
    void drafts.refresh(conversationId)
    outbox.restore([item])
  }

  /** After all that waits, also when a clock was put back in between: what was written first goes first. */
  function writtenAt(conversationId: string): string {
    const last = outbox.queueOf(conversationId).at(-1)
    return new Date(Math.max(serverNow(), last ? Date.parse(last.writtenAt) + 1 : 0)).toISOString()
  }

  function send(conversationId: string): void {
    const { text, pictures } = drafts.take(conversationId)
    void outbox.put({
      clientId: newIdempotencyKey(),
      conversationId,
      text: text.trim(),
      pictures,
      writtenAt: writtenAt(conversationId),
      state: 'waiting',
      failure: null,
    })
  }

  function discard(clientId: string): void {
    const item = outbox.find(clientId)
    outbox.discard(clientId)
    if (item && !outbox.find(clientId)) tell('discarded', item)
  }

  /** A message that did not go becomes what it was before: words and pictures in the composer. */
  async function edit(clientId: string): Promise<void> {
    const item = outbox.find(clientId)
    if (!item || item.state === 'sending') return
    outbox.drop(item)
    const draft = drafts.giveBack(item.conversationId, item)
    await storage.takeBack(me(), item, draft)
    tell('discarded', item)
    tabs.tell({ kind: 'draft', accountId: me(), conversationId: item.conversationId })
  }

  /** Brings back what an earlier visit left, and goes on sending. */
  async function restore(): Promise<void> {
    const accountId = me()
    await drafts.restore()
    const items = await storage.restore(accountId)
    if (accountId !== me()) return
    outbox.restore(items)
    await sweepPictures(accountId)
  }

  function forget(): void {
    outbox.clear()
    drafts.clear()
    previews.clear()
  }

  return {
    outgoing: outbox.queues,
    previews,
    drafts,
    send,
    edit,
    discard,
    retry: outbox.retry,
    stored: outbox.remove,
    wake: outbox.wake,
    restore,
    forget,
  }
}
