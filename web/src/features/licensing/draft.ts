/** An application that is being filled in, kept on the device until it is sent: for each account its own. */
import { drop, isRecord, keep, readKept } from '@/shared/forms/kept'

export interface Draft {
  step: number
  values: Record<string, string>
}

const place = () => localStorage
const keyOf = (accountId: string) => `hellopet.application.${accountId}`

export function readDraft(accountId: string): Draft | null {
  const draft = readKept(place, keyOf(accountId))
  if (!isRecord(draft) || !isRecord(draft.values) || typeof draft.step !== 'number') return null
  const texts = Object.entries(draft.values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { step: draft.step, values: Object.fromEntries(texts) }
}

export const keepDraft = (accountId: string, draft: Draft) => keep(place, keyOf(accountId), draft)

export const dropDraft = (accountId: string) => drop(place, keyOf(accountId))
