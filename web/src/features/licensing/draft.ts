/** An application that is being filled in, kept on the device until it is sent: for each account its own. */

export interface Draft {
  step: number
  values: Record<string, string>
}

const keyOf = (accountId: string) => `hellopet.application.${accountId}`

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

export function readDraft(accountId: string): Draft | null {
  try {
    const draft = parsed(localStorage.getItem(keyOf(accountId)))
    if (!isRecord(draft) || !isRecord(draft.values) || typeof draft.step !== 'number') return null
    const texts = Object.entries(draft.values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return { step: draft.step, values: Object.fromEntries(texts) }
  } catch {
    return null
  }
}

export function keepDraft(accountId: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(accountId), JSON.stringify(draft))
  } catch {
    // Without storage what was typed lasts as long as the page.
  }
}

export function dropDraft(accountId: string): void {
  try {
    localStorage.removeItem(keyOf(accountId))
  } catch {
    // Nothing was kept.
  }
}
