/** An application that is being filled in, kept on the device until it is sent: for each account its own. */
import { drop, isRecord, keep, readKept } from '@/shared/device/kept'

export interface Draft {
  step: number
  values: Record<string, string>
}

export const place = () => localStorage
export const DRAFT_KEPT = 'hellopet.application.'

export function readDraft(accountId: string): Draft | null {
  const draft = readKept(place, DRAFT_KEPT + accountId)
  if (!isRecord(draft) || !isRecord(draft.values) || typeof draft.step !== 'number') return null
  const texts = Object.entries(draft.values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { step: draft.step, values: Object.fromEntries(texts) }
}

export const keepDraft = (accountId: string, draft: Draft) => keep(place, DRAFT_KEPT + accountId, draft)

export const dropDraft = (accountId: string) => drop(place, DRAFT_KEPT + accountId)
