import { api, unwrap } from '@/shared/api/client'
import { upload } from './upload'

/** Long enough that a phone asks seldom, short enough that the first answer is quick. */
const CONVERSATIONS_PAGE = 30
const MESSAGES_PAGE = 40
const CATCH_UP_PAGE = 100

export const fetchConversations = (cursor?: string) => unwrap(api.GET('/api/conversations', { params: { query: { limit: CONVERSATIONS_PAGE, cursor } } }))

export const fetchConversation = (id: string) => unwrap(api.GET('/api/conversations/{id}', { params: { path: { id } } }))

export const fetchNewest = (id: string) => unwrap(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query: { limit: MESSAGES_PAGE } } }))

export const fetchBefore = (id: string, beforeSeq: number) => unwrap(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query: { limit: MESSAGES_PAGE, beforeSeq } } }))

export const fetchAfter = (id: string, afterSeq: number) => unwrap(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query: { limit: CATCH_UP_PAGE, afterSeq } } }))

/** The same `clientId` again answers the message that was stored first. */
export const postMessage = (id: string, message: { message: string; clientId: string; attachments: string[] }) => unwrap(api.POST('/api/conversations/{id}/messages', { params: { path: { id } }, body: message }))

export const endConversation = (id: string) => unwrap(api.PATCH('/api/messages/end/{conversationId}', { params: { path: { conversationId: id } } }))

export const uploadPicture = (id: string, file: File, onProgress: (share: number) => void) => upload(`/api/conversations/${id}/attachments`, file, onProgress)
