/** The two ways a call fails: the server said no (`Problem`), or nobody answered (`NetworkFailure`). */

/** One field the server refused. */
export interface FieldProblem {
  field: string
  code: string
  message: string
}

/** What the server's `application/problem+json` said. Branch on `code`; `message` is fit to be shown. */
export class Problem extends Error {
  override readonly name = 'Problem'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly requestId: string | null = null,
    /** Seconds until another try makes sense (429, 503). */
    readonly retryAfter: number | null = null,
    /** The whole body, for the members only one code has, such as `conversationId`. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}

/** What was asked for is not there any more, or not ours to see: what is known of it goes. */
export const isGone = (error: unknown): boolean => error instanceof Problem && [403, 404].includes(error.status)

/** The same for an address that somebody opened, which may be no id at all. */
export const isMissing = (error: unknown): boolean =>
  isGone(error) || (error instanceof Problem && error.status === 422)

/** No answer: no signal, a closed connection, a time-out. Nothing is known about whether the server acted. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((entry) => ({
    field: text(entry.field) ?? '',
    code: text(entry.code) ?? 'invalid',
    message: text(entry.message) ?? '',
  }))
}

/** A problem body from anywhere: an HTTP answer or the negative ack of a socket event. */
export function problemFromBody(
  body: unknown,
  fallbackStatus = 0,
  retryAfter: number | null = null,
  requestId: string | null = null,
): Problem {
  const fields = isRecord(body) ? body : {}
  const status = typeof fields.status === 'number' ? fields.status : fallbackStatus
  return new Problem(
    status,
    text(fields.code) ?? `http_${status}`,
    text(fields.message) ?? text(fields.detail) ?? text(fields.title) ?? '',
    fieldProblems(fields.errors),
    text(fields.requestId) ?? requestId,
    retryAfter,
    fields,
  )
}

/** `Retry-After` is seconds or a date. */
function secondsOf(header: string | null, now: number): number | null {
  if (!header) return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds))
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}

/** A failed answer and its parsed body. A proxy's HTML page is a problem too, only without words. */
export function problemFromResponse(response: Response, body: unknown): Problem {
  return problemFromBody(
    body,
    response.status,
    secondsOf(response.headers.get('retry-after'), Date.parse(response.headers.get('date') ?? '') || Date.now()),
    response.headers.get('x-request-id'),
  )
}

/** Whether an ack or a body is a problem rather than the thing that was asked for. */
export function isProblemBody(value: unknown): boolean {
  return isRecord(value) && typeof value.code === 'string' && typeof value.status === 'number'
}
