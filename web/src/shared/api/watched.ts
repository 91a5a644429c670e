/** A transport for uploads that says how far it is, which `fetch` cannot. */
export const watchedBy = (progress: (share: number) => void) =>
  async function send(request: Request): Promise<Response> {
    const body = await request.blob()
    return new Promise((resolve, reject) => {
      const call = new XMLHttpRequest()
      call.open(request.method, request.url)
      call.responseType = 'blob'
      request.headers.forEach((value, name) => call.setRequestHeader(name, value))
      call.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
      call.onload = () => resolve(new Response(call.response, { status: call.status, headers: headersOf(call) }))
      call.onerror = () => reject(new TypeError('no answer'))
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
