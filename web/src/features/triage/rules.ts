/** What is asked before paying, and what an answer takes. The server has the last word. */
import type { ComplaintSince, Species, TriageLevel, TriageSign } from '@/shared/api/types'

export const LONGEST_COMPLAINT = 1_000
export const MOST_PHOTOS = 4

export const SINCE: readonly ComplaintSince[] = ['hours', 'today', 'days', 'week', 'longer']

/** The owner's own map finds what is near. */
export const CLINICS_NEARBY = 'https://www.google.com/maps/search/?api=1&query=klinik+hewan+24+jam+terdekat'

export interface Words {
  complaint: string
  since: ComplaintSince | null
  signs: readonly string[]
}

export const NOTHING_SAID: Words = { complaint: '', since: null, signs: [] }

/** The signs of this kind of animal, those of danger apart. Where the kind is not known, all of them. */
export function asked(
  signs: readonly TriageSign[],
  species: Species | null,
): { danger: TriageSign[]; other: TriageSign[] } {
  const mine = signs.filter((sign) => species === null || sign.species === null || sign.species.includes(species))
  return {
    danger: mine.filter(({ level }) => level === 'emergency'),
    other: mine.filter(({ level }) => level !== 'emergency'),
  }
}

/** Whether there is something to say before the payment. */
export const needsWarning = (level: TriageLevel): boolean => level !== 'routine'

export type Missing = 'complaint' | 'long' | 'since'

/** What is wrong with the words so far. */
export function missingIn({ complaint, since }: Words): Missing[] {
  const missing: Missing[] = []
  if (complaint.trim() === '') missing.push('complaint')
  if ([...complaint.trim()].length > LONGEST_COMPLAINT) missing.push('long')
  if (since === null) missing.push('since')
  return missing
}
