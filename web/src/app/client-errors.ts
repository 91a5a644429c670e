/**
 * Tells the operator what broke here: the kind of error and where in the code, a few times for each page load. Never what people typed,
 * whose it is, or which of their things was open; and never a second problem for them when it cannot be told.
 */
import { NetworkFailure, Problem } from '@/shared/api/problem'

const MOST = 5
const LONGEST_MESSAGE = 300
const LONGEST_STACK = 4_000

export interface ClientError {
  /** The route's pattern: `/chat/:id`. */
  route: string
  message: string
  stack: string | null
}

/** What stands in quotes may be somebody's words: parsers and casts quote what they met. */
const withoutQuotes = (text: string) => text.replace(/(["'`“‘«]).*(["'`”’»])/gs, '$1…$2')

const withoutIds = (text: string) => text.replace(/[?#][^\s:)]*/g, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ':id')

/** Only the frames: the first lines of a stack repeat the message. */
function framesOf(stack: string | undefined): string | null {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s*at\s|@\S+:\d+:\d+$/.test(line))
  return frames.length > 0 ? withoutIds(frames.join('\n')).slice(0, LONGEST_STACK) : null
}

export function described(error: unknown, route: string): ClientError {
  if (error instanceof Problem)
    return { route, message: `Problem ${error.status} ${error.code}`, stack: framesOf(error.stack) }
  if (!(error instanceof Error)) return { route, message: `thrown: ${typeof error}`, stack: null }
  return {
    route,
    message: withoutIds(withoutQuotes(`${error.name}: ${error.message}`)).slice(0, LONGEST_MESSAGE),
    stack: framesOf(error.stack),
  }
}

async function post(report: ClientError): Promise<void> {
  await fetch('/api/client-errors', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    keepalive: true,
    body: JSON.stringify(report),
  })
}

/** Tells each error once, and `MOST` of them. */
export function createReporter(route: () => string, send: (report: ClientError) => Promise<void> = post) {
  const told = new Set<string>()

  return function report(error: unknown): void {
    // That there was no signal is nobody's mistake, and could not be told either.
    if (error instanceof NetworkFailure || told.size >= MOST) return
    const found = described(error, route())
    const key = `${found.message}\n${found.stack}`
    if (told.has(key)) return
    told.add(key)
    send(found).catch(() => undefined)
  }
}
