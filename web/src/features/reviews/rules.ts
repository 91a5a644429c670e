/** What a review takes, and for how long. Pure; the server has the last word. */
import type { Consultation, OwnReview } from '@/shared/api/types'
import type { MessageKey } from '@/shared/i18n'

export const STARS = [1, 2, 3, 4, 5] as const
export const LONGEST_TEXT = 2_000
export const LONGEST_REASON = 500

const isLonger = (value: string, most: number) => [...value.trim()].length > most

export const refuseRating = (value: string): MessageKey | null =>
  STARS.some((stars) => String(stars) === value) ? null : 'reviews.refusals.rating'
export const refuseText = (value: string): MessageKey | null =>
  isLonger(value, LONGEST_TEXT) ? 'reviews.refusals.text' : null

export function refuseReply(value: string): MessageKey | null {
  return value.trim() === '' ? 'reviews.refusals.reply' : refuseText(value)
}

export function refuseReason(value: string): MessageKey | null {
  if (value.trim() === '') return 'reviews.refusals.reason'
  return isLonger(value, LONGEST_REASON) ? 'reviews.refusals.text' : null
}

/** Whether a consultation can have a review of this person. */
export const mayReview = ({ status, owner }: Pick<Consultation, 'status' | 'owner'>, me: string): boolean =>
  status === 'ended' && owner.id === me

/** An answer stands beside what it answers: from then on that stays as it is. */
export const mayEdit = ({ editableUntil, reply }: Pick<OwnReview, 'editableUntil' | 'reply'>, now: number): boolean =>
  reply === null && now <= Date.parse(editableUntil)
