/**
 * The events of the socket and their payloads, as docs/chat-protocol.md lists them. What the server tells is generated from
 * its own types, under the names on the wire.
 */
import type { Message, Receipt } from '@/shared/api/types'

export type { ServerEvents } from '@/shared/api/types'

/** Events that are answered: what is sent, and what the answer holds. */
export interface Requests {
  sendMessage: {
    payload: { senderId: string; receiverId: string; message: string; clientId?: string; attachments?: string[] }
    answer: Message
  }
  markAsDelivered: { payload: { conversationId: string; seq: number }; answer: Receipt }
  markAsRead: {
    payload: { senderId: string; receiverId: string; conversationId: string; seq: number }
    answer: Receipt
  }
}

/** Events that nobody waits for, and that may be lost. */
export interface Notices {
  typing: { senderId: string; receiverId: string; isTyping: boolean }
}
