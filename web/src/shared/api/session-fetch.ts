/** `fetch` as the app needs it: failures have types, and a call that met a stale session is sent again after a renewal. */
import { learnTime } from '@/shared/time/server-clock'
import { NetworkFailure } from './problem'
import { renewSession } from './session-renewal'
import { withTimeLimit } from './time-limit'

/** A 401 of these is their answer, not a sign of a stale session. */
const SESSION_CALLS = ['/api/auth/me', '/api/auth/login', '/api/auth/register', '/api/auth/refresh', '/api/auth/logout']

type Listener = () => void
const listeners = new Set<Listener>()

/** Told when the session has ended for good. Returns the way to stop listening. */
export function onSessionEnded(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function reportSessionEnded(): void {
  for (const listener of listeners) listener()
}

type Transport = (request: Request, signal: AbortSignal) => Promise<Response>

async function send(request: Request, transport: Transport): Promise<Response> {
  try {
    const askedAt = Date.now()
    const response = await withTimeLimit(request, (signal) => transport(request, signal))
    learnTime(response.headers, askedAt, Date.now())
    return response
  } catch (error) {
    if (error instanceof NetworkFailure || (error instanceof DOMException && error.name === 'AbortError')) throw error
    throw new NetworkFailure('no answer', { cause: error })
  }
}

async function isStaleSession(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'unauthenticated'
}

/** `transport` brings one request there and its answer back; `fetch` unless somebody wants to watch. */
export async function sessionFetch(
  request: Request,
  transport: Transport = (sent, signal) => fetch(sent, { signal }),
): Promise<Response> {
  if (SESSION_CALLS.includes(new URL(request.url).pathname)) return send(request, transport)
  // The body of a request can be read once, so the second try needs its own.
  const again = request.clone()
  const response = await send(request, transport)
  if (!(await isStaleSession(response))) return response
  const outcome = await renewSession().catch((error: unknown) => {
    throw new NetworkFailure('the session could not be renewed', { cause: error })
  })
  if (outcome === 'renewed') return send(again, transport)
  reportSessionEnded()
  return response
}
