/** What a payment means to the person who looks at it. Pure; only the server's word counts, never what a popup said. */
import type { Consultation, Payment } from '@/shared/api/types'

/**
 * `open`: nothing was chosen yet. `waiting`: a way was chosen, the money is not there. `overdue`: the time is over and the last
 * look at the gateway is not. `paid`: the money is there, the conversation is about to be.
 */
export type Stage =
  | 'open'
  | 'waiting'
  | 'overdue'
  | 'paid'
  | 'denied'
  | 'cancelled'
  | 'expired'
  | 'partlyRefunded'
  | 'refunded'
  | 'reversed'

/** `isAwaited`: the popup said that a way was chosen. It only chooses between two ways of saying "not paid yet". */
export function stageOf(payment: Payment, now: number, isAwaited = false): Stage {
  switch (payment.status) {
    case 'pending':
      if (now >= Date.parse(payment.expiresAt)) return 'overdue'
      return payment.paymentType === null && !isAwaited ? 'open' : 'waiting'
    case 'settled':
      return 'paid'
    case 'partially_refunded':
      return 'partlyRefunded'
    default:
      return payment.status
  }
}

/** Whether the money may still come in through this payment. */
export const isPayable = (stage: Stage) => stage === 'open' || stage === 'waiting'

/** Whether the server's next word will differ by itself, so that asking again makes sense. */
export const isMoving = (stage: Stage) => isPayable(stage) || stage === 'overdue' || stage === 'paid'

/** Whether it can be said that nothing was charged. A card may be held while it counts as not paid yet, so then nothing is said. */
export function isUncharged(payment: Payment, stage: Stage): boolean {
  if (stage === 'waiting') return payment.paymentType !== null && payment.paymentType !== 'credit_card'
  return ['open', 'denied', 'cancelled', 'expired'].includes(stage)
}

/**
 * Where its owner wants to be once the payment has settled: in the chat that it opened, or with a slot at the booking, whose chat opens
 * later. Null as long as that is not known.
 */
export function destinationOf(payment: Payment, kind: Consultation['kind'] | undefined): string | null {
  if (payment.status !== 'settled') return null
  if (payment.conversationId) return `/chat/${payment.conversationId}`
  return kind === 'slot' ? `/konsultasi/${payment.consultationId}` : null
}
