/** No call waits for ever: on a weak signal browsers do for minutes, while a page shows nothing. */
import { NetworkFailure } from './problem'

/** Longer than a weak signal needs for the few kilobytes of a call. */
export const CALL_MS = 15_000
/** From the first words of an answer to its last: a transcript has some megabytes. */
const ANSWER_MS = 60_000
/** Photos; those who watch them give up earlier, when nothing moves. */
const UPLOAD_MS = 300_000

const isUpload = ({ headers }: Request) => /multipart\/|octet-stream/.test(headers.get('content-type') ?? '')

/** Sends with a signal that gives up in time, or when the caller does. */
export async function withTimeLimit(
  request: Request,
  send: (signal: AbortSignal) => Promise<Response>,
): Promise<Response> {
  const ours = new AbortController()
  const giveUp = () => ours.abort(new NetworkFailure('took too long'))
  const follow = () => ours.abort(request.signal.reason)
  if (request.signal.aborted) follow()
  request.signal.addEventListener('abort', follow)
  const timer = setTimeout(giveUp, isUpload(request) ? UPLOAD_MS : CALL_MS)
  try {
    // Raced, for what does not listen to its signal.
    const response = await Promise.race([send(ours.signal), rejectedBy(ours.signal)])
    setTimeout(giveUp, ANSWER_MS)
    return response
  } finally {
    clearTimeout(timer)
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
