/** What somebody began to say survives a reload of the page, on this device and for this visit. */
import { NOTHING_SAID, SINCE, type Words } from './rules'

const KEY = 'hellopet:intake'

export function readDraft(): Words {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Words> | null
    if (!kept) return NOTHING_SAID
    return {
      complaint: typeof kept.complaint === 'string' ? kept.complaint : '',
      since: SINCE.find((since) => since === kept.since) ?? null,
      signs: Array.isArray(kept.signs) ? kept.signs.filter((sign) => typeof sign === 'string') : [],
    }
  } catch {
    return NOTHING_SAID
  }
}

export function keepDraft(words: Words): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(words))
  } catch {
    // Without room it only lasts as long as the page.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // There was none.
  }
}
