/** What somebody said, in this window, by account. */
import { drop, isRecord, keep, readKept } from '@/shared/device/kept'
import { NOTHING_SAID, SINCE, type Words } from './rules'

export const WORDS_KEPT = 'hellopet.intake.'
export const place = () => sessionStorage

export const isNothing = ({ complaint, since, signs }: Words) =>
  complaint.trim() === '' && since === null && signs.length === 0

export function keptWords(account: string): Words {
  const found = readKept(place, WORDS_KEPT + account)
  if (!isRecord(found)) return NOTHING_SAID
  return {
    complaint: typeof found.complaint === 'string' ? found.complaint : '',
    since: SINCE.find((since) => since === found.since) ?? null,
    signs: Array.isArray(found.signs) ? found.signs.filter((sign): sign is string => typeof sign === 'string') : [],
  }
}

export const forgetWords = (account: string): void => drop(place, WORDS_KEPT + account)

export function keepWords(account: string, words: Words): void {
  if (isNothing(words)) forgetWords(account)
  else keep(place, WORDS_KEPT + account, words)
}
