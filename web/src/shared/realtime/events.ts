/** The events of the socket and their payloads, as docs/chat-protocol.md lists them. */
import type { Consultation, DoctorStatus, Message } from '@/shared/api/types'

export interface ServerEvents {
  newMessage: Message
  userTyping: { userId: string; isTyping: boolean }
  messagesDelivered: { userId: string; conversationId: string; seq: number }
  messagesRead: { userId: string; conversationId: string; seq: number }
  getOnlineUsers: string[]
  conversationStarted: { conversationId: string; consultationId: string }
  conversationEnded: { conversationId: string }
  consultationReminder: { consultationId: string; startsAt: string; inMinutes: number }
  consultationEnding: { consultationId: string; endsAt: string }
  sessionExpired: unknown
  doctorStatusChanged: { status: DoctorStatus }
  /** To the owner: the vet has finished the summary. */
  recordFinished: { consultationId: string }
  consultationChanged: { consultationId: string; status: Consultation['status'] }
}

/** Events that are answered: what is sent, and what the answer holds. */
export interface Requests {
  sendMessage: { payload: { senderId: string; receiverId: string; message: string; clientId?: string; attachments?: string[] }; answer: Message }
  markAsDelivered: { payload: { conversationId: string; seq: number }; answer: unknown }
  markAsRead: { payload: { senderId: string; receiverId: string; conversationId: string; seq: number }; answer: unknown }
}

/** Events that nobody waits for, and that may be lost. */
export interface Notices {
  typing: { senderId: string; receiverId: string; isTyping: boolean }
}
