import { describe, expect, it } from 'vitest'
import type { Payment } from '@/shared/api/types'
import { destinationOf, isMoving, isPayable, isUncharged, stageOf } from './stage'

const NOW = Date.parse('2026-11-22T08:00:00.000Z')

function payment(fields: Partial<Payment> = {}): Payment {
  return {
    transactionId: 't',
    orderId: 'HP-1',
    status: 'pending',
    amount: 45000,
    refundedAmount: 0,
    owedBackAmount: 0,
    paymentType: null,
    token: 'snap',
    redirectUrl: 'http://localhost/pay',
    createdAt: '2026-11-22T07:30:00.000Z',
    expiresAt: '2026-11-22T08:30:00.000Z',
    settledAt: null,
    doctor: { id: 'd', username: 'drh. Nadia', picture: null, role: 'dokter' },
    consultationId: 'c',
    conversationId: null,
    quote: { lines: [], total: 45000, markupBasisPoints: 1250 },
    history: [],
    ...fields,
  }
}

describe('stageOf', () => {
  it.each([
    [{}, 'open'],
    [{ paymentType: 'bank_transfer' }, 'waiting'],
    [{ expiresAt: '2026-11-22T07:59:00.000Z' }, 'overdue'],
    [{ expiresAt: '2026-11-22T07:59:00.000Z', paymentType: 'gopay' }, 'overdue'],
    [{ status: 'settled' }, 'paid'],
    [{ status: 'denied' }, 'denied'],
    [{ status: 'cancelled' }, 'cancelled'],
    [{ status: 'expired' }, 'expired'],
    [{ status: 'partially_refunded' }, 'partlyRefunded'],
    [{ status: 'refunded' }, 'refunded'],
    [{ status: 'reversed' }, 'reversed'],
  ] as const)('reads %o as %s', (fields, stage) => {
    expect(stageOf(payment(fields), NOW)).toBe(stage)
  })

  it('lets the popup choose only between two ways of saying "not paid yet"', () => {
    expect(stageOf(payment(), NOW, true)).toBe('waiting')
    for (const status of ['settled', 'denied', 'cancelled', 'expired'] as const)
      expect(stageOf(payment({ status }), NOW, true)).toBe(stageOf(payment({ status }), NOW))
  })
})

describe('what a stage allows', () => {
  it('is paying while nothing is decided, and waiting for the server while something may change', () => {
    expect(
      ['open', 'waiting', 'overdue', 'paid', 'denied', 'expired'].map((stage) => isPayable(stage as never)),
    ).toEqual([true, true, false, false, false, false])
    expect(
      ['open', 'waiting', 'overdue', 'paid', 'denied', 'refunded'].map((stage) => isMoving(stage as never)),
    ).toEqual([true, true, true, true, false, false])
  })

  it('is saying that nothing was charged only while that is certain', () => {
    expect(isUncharged(payment(), 'open')).toBe(true)
    expect(isUncharged(payment({ paymentType: 'bank_transfer' }), 'waiting')).toBe(true)
    expect(isUncharged(payment({ paymentType: 'credit_card' }), 'waiting')).toBe(false)
    expect(isUncharged(payment(), 'waiting')).toBe(false)
    expect(isUncharged(payment({ status: 'settled' }), 'paid')).toBe(false)
    expect(isUncharged(payment({ status: 'expired' }), 'expired')).toBe(true)
  })

  it('is going to the chat once money and conversation are there', () => {
    expect(destinationOf(payment({ status: 'settled' }), 'instant')).toBeNull()
    expect(destinationOf(payment({ status: 'settled', conversationId: 'room' }), 'instant')).toBe('/chat/room')
    expect(destinationOf(payment({ status: 'refunded', conversationId: 'room' }), 'instant')).toBeNull()
  })

  it('is going to the booking once a slot is paid, and nowhere before it is known what was bought', () => {
    expect(destinationOf(payment(), 'slot')).toBeNull()
    expect(destinationOf(payment({ status: 'settled' }), 'slot')).toBe('/konsultasi/c')
    expect(destinationOf(payment({ status: 'settled', conversationId: 'room' }), 'slot')).toBe('/chat/room')
    expect(destinationOf(payment({ status: 'settled' }), undefined)).toBeNull()
  })
})
