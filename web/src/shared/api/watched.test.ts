// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { watchedBy } from './watched'

class FakeCall {
  static made: FakeCall[] = []
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
  onload = () => {}
  onerror = () => {}
  responseType = ''
  response = new Blob(['{"id":"d1"}'])
  status = 201
  sent: Blob | null = null
  headers: Record<string, string> = {}
  constructor() {
    FakeCall.made.push(this)
  }
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  getAllResponseHeaders = () => 'content-type: application/json\r\nx-request-id: r1\r\n'
  send(body: Blob) {
    this.sent = body
  }
}

const request = () =>
  new Request('http://app.test/api/x', { method: 'POST', body: 'photo', headers: { 'Accept-Language': 'id' } })

async function sent(): Promise<FakeCall> {
  await vi.waitFor(() => expect(FakeCall.made[0]?.sent).toBeTruthy())
  return FakeCall.made[0] ?? expect.unreachable()
}

beforeEach(() => {
  FakeCall.made = []
  vi.stubGlobal('XMLHttpRequest', FakeCall)
})

it('says how far an upload is, and gives the answer as fetch would', async () => {
  const progress = vi.fn()
  const answer = watchedBy(progress)(request(), new AbortController().signal)
  const call = await sent()
  call.upload.onprogress?.({ loaded: 5, total: 10 })
  call.onload()
  const response = await answer
  expect([response.status, response.headers.get('x-request-id'), await response.json()]).toEqual([
    201,
    'r1',
    { id: 'd1' },
  ])
  expect(progress).toHaveBeenCalledWith(0.5)
  expect(new Headers(call.headers).get('accept-language')).toBe('id')
})

it('fails as fetch would when nobody answers', async () => {
  const answer = watchedBy(() => {})(request(), new AbortController().signal)
  const call = await sent()
  call.onerror()
  await expect(answer).rejects.toBeInstanceOf(TypeError)
})
