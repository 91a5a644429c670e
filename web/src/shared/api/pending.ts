/** Shapes of calls that the generated schema does not have yet. */
import type { components } from './schema'

type Schemas = components['schemas']

export interface PendingAttachment {
  thumbnailUrl?: string
  /** A ThumbHash in base64. */
  placeholder?: string | null
}

export interface Upload {
  id: string
  conversationId: string
  size: number
  /** How many bytes the server has. */
  offset: number
  expiresAt: string
  attachment: (Schemas['Attachment'] & PendingAttachment) | null
}

export interface FoundMessage {
  message: Schemas['Message']
  counterpart: Schemas['Party']
  conversationStatus: 'active' | 'ended'
}

interface Answer<Body> {
  headers: { [name: string]: unknown }
  content: { 'application/json': Body }
}

interface ById {
  query?: never
  header?: never
  path: { id: string }
  cookie?: never
}

export interface PendingPaths {
  '/api/conversations/{id}/uploads': {
    parameters: ById
    post: { parameters: ById; requestBody: { content: { 'application/json': { size: number; contentType: string; clientId: string } } }; responses: { 200: Answer<Upload>; 201: Answer<Upload> } }
  }
  '/api/uploads/{id}': {
    parameters: ById
    get: { parameters: ById; requestBody?: never; responses: { 200: Answer<Upload> } }
    patch: { parameters: Omit<ById, 'header'> & { header: { 'Upload-Offset': number } }; requestBody: { content: { 'application/offset+octet-stream': Blob } }; responses: { 200: Answer<Upload> } }
  }
  '/api/conversations/{id}/transcript.json': { parameters: ById; get: { parameters: ById; requestBody?: never; responses: { 200: Answer<unknown> } } }
  '/api/conversations/{id}/transcript.pdf': { parameters: ById; get: { parameters: ById; requestBody?: never; responses: { 200: Answer<unknown> } } }
  '/api/messages/search': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query: { q: string; conversationId?: string; limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: Answer<{ items: FoundMessage[]; nextCursor: string | null }> }
    }
  }
}
