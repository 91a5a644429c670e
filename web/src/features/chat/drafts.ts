/** What somebody began to write, for each conversation, on this device. */
import { reactive } from 'vue'

const PREFIX = 'hellopet.draft.'
const keyOf = (accountId: string, conversationId: string) => `${PREFIX}${accountId}.${conversationId}`

/** Read once from the device, so that the list of conversations can show them too. */
const drafts = reactive(new Map<string, string>())

function stored(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

export function draftOf(accountId: string, conversationId: string): string {
  const key = keyOf(accountId, conversationId)
  return drafts.get(key) ?? stored(key)
}

export function keepDraft(accountId: string, conversationId: string, text: string): void {
  const key = keyOf(accountId, conversationId)
  drafts.set(key, text)
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Without storage the draft lasts as long as the page.
  }
}

/** After signing out on purpose nothing private stays on the device. */
export function clearDevice(accountId: string): void {
  drafts.clear()
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${PREFIX}${accountId}.`) || key.startsWith(`hellopet.outbox.${accountId}.`)) localStorage.removeItem(key)
    }
  } catch {
    // Nothing could be kept either.
  }
}
