/** The one way to our server. `unwrap(api.GET('/api/…'))` gives the body, or throws `Problem` or `NetworkFailure`. */
import createClient from 'openapi-fetch'
import { currentLocale } from '@/shared/i18n'
import { NetworkFailure, problemFromResponse } from './problem'
import { sessionFetch } from './session-fetch'
import type { paths } from './schema'

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: (request) => sessionFetch(request),
})

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLocale())
    return request
  },
})

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

export async function unwrap<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    // An answer that is cut off, or that something in between wrote, is no answer.
    throw cause instanceof SyntaxError || cause instanceof TypeError
      ? new NetworkFailure('unreadable answer', { cause })
      : cause
  })
  if (!response.ok) throw problemFromResponse(response, error)
  return data as Data
}
