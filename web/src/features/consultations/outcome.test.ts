import { expect, it } from 'vitest'
import { outcomeOf } from './outcome'
import { freeUntilOf } from './policy'
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

it('calling off is free until six hours before', () => {
  expect(freeUntilOf('2026-11-24T09:30:00.000Z')).toBe('2026-11-24T03:30:00.000Z')
})
