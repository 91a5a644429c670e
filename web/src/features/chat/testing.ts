/** Messages and conversations for the tests of this feature. */
import type { Conversation, Message } from '@/shared/api/types'

export const ME = 'me'
export const OTHER = 'other'
export const ROOM = 'room'

const at = (seq: number) => new Date(Date.UTC(2026, 10, 22, 2, 0, seq)).toISOString()
const person = (id: string) => ({ id, username: id, picture: null })

export function message(seq: number, fields: Partial<Message> = {}): Message {
  const senderId = fields.senderId ?? OTHER
  const receiverId = senderId === ME ? OTHER : ME
  return { id: `m${seq}`, conversationId: ROOM, senderId, receiverId, message: `text ${seq}`, seq, clientId: null, createdAt: at(seq), status: 'sent', attachments: [], sender: person(senderId), receiver: person(receiverId), ...fields }
}

export const mine = (seq: number, fields: Partial<Message> = {}) => message(seq, { senderId: ME, clientId: `c${seq}`, ...fields })

export function conversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    id: ROOM,
    consultationId: 'consultation',
    status: 'active',
    createdAt: at(0),
    endedAt: null,
    counterpart: { ...person(OTHER), role: 'dokter' },
    lastMessage: null,
    unreadCount: 0,
    lastSeq: 0,
    deliveredSeq: 0,
    readSeq: 0,
    counterpartDeliveredSeq: 0,
    counterpartReadSeq: 0,
    ...fields,
  }
}
