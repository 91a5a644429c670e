import { expect, it } from 'vitest'
import { outcomeOf } from './outcome'
import { payment } from './testing'

it.each([
  ['pending', 'uncharged'],
  ['denied', 'uncharged'],
  ['cancelled', 'uncharged'],
  ['expired', 'uncharged'],
  ['settled', 'onItsWay'],
  ['partially_refunded', 'partlyBack'],
  ['refunded', 'back'],
  ['reversed', 'reversed'],
] as const)('a consultation that is off and whose payment is %s is %s', (status, outcome) => {
  expect(outcomeOf(payment({ status }))).toBe(outcome)
})

it('nothing is claimed without the payment', () => {
  expect(outcomeOf(null)).toBe('unknown')
})
