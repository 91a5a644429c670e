/** Messages and conversations for the tests of this feature. */
import type { Attachment, Conversation, Message } from '@/shared/api/types'
import type { Outgoing, OutgoingPicture } from './outgoing'

export const ME = 'me'
export const OTHER = 'other'
export const ROOM = 'room'

const at = (seq: number) => new Date(Date.UTC(2026, 10, 22, 2, 0, seq)).toISOString()
const person = (id: string) => ({ id, username: id, picture: null })

export function message(seq: number, fields: Partial<Message> = {}): Message {
  const senderId = fields.senderId ?? OTHER
  const receiverId = senderId === ME ? OTHER : ME
  return {
    id: `m${seq}`,
    conversationId: ROOM,
    senderId,
    receiverId,
    message: `text ${seq}`,
    seq,
    clientId: null,
    createdAt: at(seq),
    status: 'sent',
    attachments: [],
    sender: person(senderId),
    receiver: person(receiverId),
    ...fields,
  }
}

export const mine = (seq: number, fields: Partial<Message> = {}) =>
  message(seq, { senderId: ME, clientId: `c${seq}`, ...fields })

export function conversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    id: ROOM,
    isFollowUp: false,
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

/** What somebody wrote here and the server does not have. Names in the order of the alphabet are written in that order. */
export function written(clientId: string, fields: Partial<Outgoing> = {}): Outgoing {
  return {
    clientId,
    conversationId: ROOM,
    text: clientId,
    pictures: [],
    writtenAt: at(clientId.charCodeAt(0)),
    state: 'waiting',
    failure: null,
    ...fields,
  }
}

export function picture(id: string, bytes = 9, fields: Partial<OutgoingPicture> = {}): OutgoingPicture {
  const file = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
  return {
    id,
    file,
    previewUrl: `blob:${id}`,
    width: 4,
    height: 3,
    uploadKey: `key of ${id}`,
    uploadId: null,
    attachment: null,
    progress: 0,
    ...fields,
  }
}

export function attachment(id: string): Attachment {
  return {
    id,
    url: `/api/attachments/${id}`,
    thumbnailUrl: `/api/attachments/${id}/thumbnail`,
    placeholder: null,
    contentType: 'image/jpeg',
    width: 4,
    height: 3,
    byteSize: 9,
  }
}
