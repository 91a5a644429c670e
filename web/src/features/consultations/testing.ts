/** Consultations for the tests of this feature and of those that use it. */
import type { Consultation, Payment } from '@/shared/api/types'

export const owner = { id: 'owner', username: 'Rara', picture: null, role: 'user' as const }
export const doctor = { id: 'doctor', username: 'drh. Nadia', picture: null, role: 'dokter' as const }

const quote = {
  lines: [
    { kind: 'base' as const, amount: 45_000 },
    { kind: 'platform_fee' as const, amount: 5625 },
  ],
  total: 50_625,
  markupBasisPoints: 1250,
}

export function consultation(fields: Partial<Consultation> = {}): Consultation {
  return {
    id: 'c1',
    kind: 'instant',
    status: 'active',
    startsAt: null,
    durationMinutes: 30,
    cancellation: { freeUntil: null, lateRefundPercent: 50, refundNow: 0 },
    answerBy: null,
    endsAt: null,
    refundAt: null,
    waiting: null,
    extension: null,
    extensionChoices: [],
    followUp: null,
    hasIntake: false,
    recordStatus: 'none',
    releasedAt: null,
    transferredFrom: null,
    transferredTo: null,
    createdAt: '2026-11-22T01:00:00.000Z',
    startedAt: null,
    endedAt: null,
    owner,
    doctor,
    pet: null,
    quote,
    transactionId: 't1',
    conversationId: null,
    ...fields,
  }
}

/** A paid slot on 24 November, 16.30 in Jakarta; calling it off is free until 10.30. */
export function booked(fields: Partial<Consultation> = {}): Consultation {
  return consultation({
    kind: 'slot',
    status: 'scheduled',
    startsAt: '2026-11-24T09:30:00.000Z',
    cancellation: { freeUntil: '2026-11-24T03:30:00.000Z', lateRefundPercent: 50, refundNow: 50_625 },
    ...fields,
  })
}

export function payment(fields: Partial<Payment> = {}): Payment {
  return {
    transactionId: 't1',
    orderId: 'HP-1',
    status: 'settled',
    amount: 50_625,
    refundedAmount: 0,
    owedBackAmount: 0,
    paymentType: 'bank_transfer',
    token: null,
    redirectUrl: null,
    createdAt: '2026-11-22T01:00:00.000Z',
    expiresAt: '2026-11-22T02:00:00.000Z',
    settledAt: '2026-11-22T01:10:00.000Z',
    doctor,
    consultationId: 'c1',
    conversationId: null,
    quote,
    history: [],
    ...fields,
  }
}
