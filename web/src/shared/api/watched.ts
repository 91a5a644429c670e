/** A transport for uploads that says how far it is, which `fetch` cannot. */

/** An upload in which nothing moves for so long hangs. */
const STANDSTILL_MS = 30_000

export const watchedBy = (progress: (share: number) => void) =>
  async function send(request: Request, signal: AbortSignal): Promise<Response> {
    const body = await request.blob()
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const call = new XMLHttpRequest()
      let timer: ReturnType<typeof setTimeout> | undefined

      function end(outcome: () => void): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        outcome()
      }
      function stop(): void {
        call.abort()
        end(() => reject(signal.reason))
      }
      function moved(): void {
        clearTimeout(timer)
        timer = setTimeout(() => {
          call.abort()
          end(() => reject(new TypeError('nothing moves')))
        }, STANDSTILL_MS)
      }

      call.open(request.method, request.url)
      call.responseType = 'blob'
      request.headers.forEach((value, name) => call.setRequestHeader(name, value))
      call.upload.onprogress = ({ loaded, total }) => {
        moved()
        progress(total > 0 ? loaded / total : 0)
      }
      call.onload = () =>
        end(() => resolve(new Response(call.response, { status: call.status, headers: headersOf(call) })))
      call.onerror = () => end(() => reject(new TypeError('no answer')))
      signal.addEventListener('abort', stop)
      moved()
      call.send(body)
    })
  }

function headersOf(call: XMLHttpRequest): Headers {
  const headers = new Headers()
  for (const line of call.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const end = line.indexOf(':')
    if (end > 0) headers.append(line.slice(0, end), line.slice(end + 1).trim())
  }
  return headers
}
