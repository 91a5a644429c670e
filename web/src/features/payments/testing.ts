/** Refunds for the tests of this feature. */
import type { Refund } from '@/shared/api/types'

export const refund = (fields: Partial<Refund> = {}): Refund => ({
  id: 'r1',
  transactionId: 'p1',
  orderId: 'HP-0042',
  paymentType: 'bank_transfer',
  owner: { id: 'u1', username: 'Rara Anindita', picture: null, role: 'user' },
  ownerEmail: 'rara@contoh.id',
  ownerPhoneNumber: '+6281234567890',
  amount: 50_625,
  reason: 'owner_cancelled',
  status: 'manual',
  note: 'this way to pay knows no refund',
  attempts: 1,
  createdAt: '2026-11-22T08:00:00.000Z',
  closedAt: null,
  ...fields,
})
