import { describe, expect, it } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { GROUPS, isIn, isOvertaken, LONGEST_REFERENCE, needsSomebody, refuseReference, STATUSES } from './refunds'

it('a refund is in one group', () => {
  const all = GROUPS.flatMap((group) => STATUSES[group])
  expect(new Set(all).size).toBe(all.length)
  expect(isIn('underway', { status: 'sent' })).toBe(true)
  expect(isIn('closed', { status: 'sent' })).toBe(false)
})

it.each([
  ['manual', true],
  ['failed', true],
  ['requested', false],
  ['paid_out', false],
] as const)('a refund that is %s needs somebody: %s', (status, expected) =>
  expect(needsSomebody({ status })).toBe(expected),
)

describe('how something was transferred', () => {
  it('has to be said', () => {
    expect(refuseReference('  ')).toBe('payments.refunds.payOut.missing')
    expect(refuseReference('BCA 0042')).toBeNull()
  })

  it('has as many characters as the books take, whatever they are', () => {
    expect(refuseReference('🐈'.repeat(LONGEST_REFERENCE))).toBeNull()
    expect(refuseReference('a'.repeat(LONGEST_REFERENCE + 1))).toBe('payments.refunds.payOut.long')
  })
})

it('somebody was faster when the refund is not what it was, and not when nobody answered', () => {
  expect(isOvertaken(new Problem(409, 'refund_state_changed', ''))).toBe(true)
  expect(isOvertaken(new Problem(409, 'idempotency_key_in_use', ''))).toBe(false)
  expect(isOvertaken(new NetworkFailure())).toBe(false)
})
