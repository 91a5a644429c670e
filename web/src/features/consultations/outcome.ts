/** What became of the money of a consultation that did not take place. Pure; only the server's word on the payment counts. */
import type { Payment } from '@/shared/api/types'

/**
 * `uncharged`: nothing was paid. `onItsWay`: it was paid and what is owed has not come back yet. `reversed`: the bank took it.
 * `unknown`: the payment could not be asked, or is not the viewer's to see.
 */
export type Outcome = 'uncharged' | 'onItsWay' | 'partlyBack' | 'back' | 'reversed' | 'unknown'

export function outcomeOf(payment: Payment | null): Outcome {
  switch (payment?.status) {
    case undefined:
      return 'unknown'
    case 'settled':
      return 'onItsWay'
    case 'partially_refunded':
      return 'partlyBack'
    case 'refunded':
      return 'back'
    case 'reversed':
      return 'reversed'
    default:
      return 'uncharged'
  }
}
