/** Shapes of calls that the generated schema does not have yet. */
import type { components } from './schema'

type Schemas = components['schemas']

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
