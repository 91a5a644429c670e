/** What somebody began to say survives a reload: in this window, and for this account. */
import { drop, isRecord, keep, readKept } from '@/shared/forms/kept'
import { NOTHING_SAID, SINCE, type Words } from './rules'

const place = () => sessionStorage
const keyOf = (accountId: string) => `hellopet.intake.${accountId}`

export function readDraft(accountId: string): Words {
  const kept = readKept(place, keyOf(accountId))
  if (!isRecord(kept)) return NOTHING_SAID
  return {
    complaint: typeof kept.complaint === 'string' ? kept.complaint : '',
    since: SINCE.find((since) => since === kept.since) ?? null,
    signs: Array.isArray(kept.signs) ? kept.signs.filter((sign): sign is string => typeof sign === 'string') : [],
  }
}

export const keepDraft = (accountId: string, words: Words) => keep(place, keyOf(accountId), words)

export const dropDraft = (accountId: string) => drop(place, keyOf(accountId))
