/** What somebody began to write, for each conversation of this account: in memory for the pages, and on the device for later. */
import { ref, shallowReactive } from 'vue'
import { forgetPicture, keepDraft, readDraft, restoreDrafts } from './device/draft-storage'
import type { OutgoingPicture } from './outgoing'

export interface Draft {
  readonly text: string
  readonly pictures: readonly OutgoingPicture[]
}

const EMPTY: Draft = { text: '', pictures: [] }

export interface DraftsOptions {
  accountId: () => string
  /** A draft was changed here. */
  changed: (conversationId: string) => void
}

export function createDrafts({ accountId, changed }: DraftsOptions) {
  const drafts = shallowReactive(new Map<string, Draft>())
  /** What an earlier visit left is here. */
  const isRestored = ref(false)

  const of = (conversationId: string) => drafts.get(conversationId) ?? EMPTY

  async function put(conversationId: string, draft: Draft, added: readonly OutgoingPicture[] = []): Promise<void> {
    drafts.set(conversationId, draft)
    await keepDraft(accountId(), conversationId, () => drafts.get(conversationId), added)
    changed(conversationId)
  }

  const write = (conversationId: string, text: string) => put(conversationId, { ...of(conversationId), text })

  function addPicture(conversationId: string, picture: OutgoingPicture): Promise<void> {
    const draft = of(conversationId)
    return put(conversationId, { ...draft, pictures: [...draft.pictures, picture] }, [picture])
  }

  async function removePicture(conversationId: string, id: string): Promise<void> {
    const draft = of(conversationId)
    const picture = draft.pictures.find((one) => one.id === id)
    if (!picture) return
    URL.revokeObjectURL(picture.previewUrl)
    await put(conversationId, { ...draft, pictures: draft.pictures.filter((one) => one !== picture) })
    await forgetPicture(id)
  }

  /** Puts the words and pictures of a message before those that were begun since. The device has been told already. */
  function giveBack(conversationId: string, { text, pictures }: Draft): Draft {
    const begun = of(conversationId)
    const draft = {
      text: [text, begun.text].filter((words) => words.trim() !== '').join('\n'),
      pictures: [...pictures, ...begun.pictures],
    }
    drafts.set(conversationId, draft)
    return draft
  }

  /** Takes a draft away to be sent. On the device it stays until the message has taken its place. */
  function take(conversationId: string): Draft {
    const draft = of(conversationId)
    drafts.delete(conversationId)
    return draft
  }

  /** What an earlier visit left; what was begun since stands. */
  async function restore(): Promise<void> {
    const asked = accountId()
    for (const [conversationId, draft] of await restoreDrafts(asked)) {
      if (asked === accountId() && !drafts.has(conversationId)) drafts.set(conversationId, draft)
    }
    isRestored.value = asked === accountId()
  }

  /** Another tab wrote. */
  async function refresh(conversationId: string): Promise<void> {
    const asked = accountId()
    const draft = await readDraft(asked, conversationId)
    if (asked === accountId()) drafts.set(conversationId, draft ?? EMPTY)
  }

  /** The conversations in which something was begun. */
  const begun = () =>
    [...drafts].filter(([, { text, pictures }]) => text.trim() !== '' || pictures.length > 0).map(([id]) => id)

  function clear(): void {
    drafts.clear()
    isRestored.value = false
  }

  return { of, begun, isRestored, write, addPicture, removePicture, take, giveBack, restore, refresh, clear }
}

export type Drafts = ReturnType<typeof createDrafts>
