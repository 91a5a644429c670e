import { api, unwrap } from '@/shared/api/client'

/** Long enough that a phone asks seldom, short enough that the first answer is quick. */
const CONVERSATIONS_PAGE = 30
const MESSAGES_PAGE = 40
const CATCH_UP_PAGE = 100
const SEARCH_PAGE = 20

/** Longer than a weak signal needs; what takes longer hangs, and would hold up what comes after it. */
const SENDING_MS = 20_000
const CHUNK_MS = 60_000

export const fetchConversations = (cursor?: string) =>
  unwrap(api.GET('/api/conversations', { params: { query: { limit: CONVERSATIONS_PAGE, cursor } } }))

export const fetchConversation = (id: string) =>
  unwrap(api.GET('/api/conversations/{id}', { params: { path: { id } } }))

const fetchMessages = (
  id: string,
  query: { limit?: number; afterSeq?: number; beforeSeq?: number; aroundSeq?: number },
) => unwrap(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query } }))

export const fetchNewest = (id: string) => fetchMessages(id, { limit: MESSAGES_PAGE })

export const fetchBefore = (id: string, beforeSeq: number) => fetchMessages(id, { limit: MESSAGES_PAGE, beforeSeq })

export const fetchAfter = (id: string, afterSeq: number) => fetchMessages(id, { limit: CATCH_UP_PAGE, afterSeq })

export const fetchAround = (id: string, aroundSeq: number) => fetchMessages(id, { limit: MESSAGES_PAGE, aroundSeq })

export const searchMessages = (query: { q: string; conversationId?: string; cursor?: string }, signal: AbortSignal) =>
  unwrap(api.GET('/api/messages/search', { params: { query: { ...query, limit: SEARCH_PAGE } }, signal }))

/** The same `clientId` again answers the message that was stored first. */
export const postMessage = (id: string, message: { message: string; clientId: string; attachments: string[] }) =>
  unwrap(
    api.POST('/api/conversations/{id}/messages', {
      params: { path: { id } },
      body: message,
      signal: AbortSignal.timeout(SENDING_MS),
    }),
  )

export const endConversation = (id: string) =>
  unwrap(api.PATCH('/api/messages/end/{conversationId}', { params: { path: { conversationId: id } } }))

/** The same `clientId` again answers the upload that was begun first. */
export const beginUpload = (id: string, upload: { size: number; contentType: string; clientId: string }) =>
  unwrap(
    api.POST('/api/conversations/{id}/uploads', {
      params: { path: { id } },
      body: upload,
      signal: AbortSignal.timeout(SENDING_MS),
    }),
  )

export const fetchUpload = (id: string) =>
  unwrap(api.GET('/api/uploads/{id}', { params: { path: { id } }, signal: AbortSignal.timeout(SENDING_MS) }))

export const appendToUpload = (id: string, offset: number, chunk: Blob) =>
  unwrap(
    api.PATCH('/api/uploads/{id}', {
      params: { path: { id }, header: { 'Upload-Offset': offset } },
      headers: { 'Content-Type': 'application/offset+octet-stream' },
      // Bytes have no type of their own in the document.
      body: chunk as Blob & string,
      bodySerializer: (bytes) => bytes,
      signal: AbortSignal.timeout(CHUNK_MS),
    }),
  )

export type TranscriptFormat = 'pdf' | 'json'

export const fetchTranscript = (id: string, format: TranscriptFormat) =>
  format === 'pdf'
    ? unwrap(api.GET('/api/conversations/{id}/transcript.pdf', { params: { path: { id } }, parseAs: 'blob' }))
    : unwrap(api.GET('/api/conversations/{id}/transcript.json', { params: { path: { id } }, parseAs: 'blob' }))
