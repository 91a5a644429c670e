/** How far a message has come: stored, on the other's device, read. Two numbers for each side say it, and they only grow. */
import type { Conversation, Message } from '@/shared/api/types'

export type Delivery = 'sent' | 'delivered' | 'read'

export interface Receipt {
  /** Who has received or read. */
  userId: string
  seq: number
  kind: 'delivered' | 'read'
}

export type Marks = Pick<Conversation, 'deliveredSeq' | 'readSeq' | 'counterpartDeliveredSeq' | 'counterpartReadSeq'>

export function deliveryOf(
  seq: number,
  marks: Pick<Marks, 'counterpartDeliveredSeq' | 'counterpartReadSeq'>,
): Delivery {
  if (seq <= marks.counterpartReadSeq) return 'read'
  return seq <= marks.counterpartDeliveredSeq ? 'delivered' : 'sent'
}

/** The greater of what both say, mark by mark. */
export function laterMarks(one: Marks, other: Marks): Marks {
  return {
    deliveredSeq: Math.max(one.deliveredSeq, other.deliveredSeq),
    readSeq: Math.max(one.readSeq, other.readSeq),
    counterpartDeliveredSeq: Math.max(one.counterpartDeliveredSeq, other.counterpartDeliveredSeq),
    counterpartReadSeq: Math.max(one.counterpartReadSeq, other.counterpartReadSeq),
  }
}

/** The marks after a receipt. Who has read has received. */
export function withReceipt(marks: Marks, receipt: Receipt, me: string): Marks {
  const read = receipt.kind === 'read' ? receipt.seq : 0
  return receipt.userId === me
    ? laterMarks(marks, { deliveredSeq: receipt.seq, readSeq: read, counterpartDeliveredSeq: 0, counterpartReadSeq: 0 })
    : laterMarks(marks, { deliveredSeq: 0, readSeq: 0, counterpartDeliveredSeq: receipt.seq, counterpartReadSeq: read })
}

/** A message of ours tells by its status how far the other has come; one of theirs says nothing. */
export function receiptIn(message: Message, me: string): Receipt | null {
  if (message.senderId !== me || message.status === 'sent') return null
  return { userId: message.receiverId, seq: message.seq, kind: message.status }
}
