// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from './problem'
import { onSessionEnded, sessionFetch } from './session-fetch'

/** A server with one session: while it is stale every call but a refresh is refused. */
class FakeServer {
  stale = true
  canRefresh = true
  calls: string[] = []
  refreshStatus: number | null = null

  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), 'http://app.test'), init)
    const path = new URL(request.url).pathname
    this.calls.push(`${request.method} ${path}`)
    await Promise.resolve()
    if (path === '/api/auth/refresh') {
      if (this.refreshStatus) return new Response(null, { status: this.refreshStatus })
      if (!this.canRefresh) return this.refusal('unauthenticated')
      this.stale = false
      return Response.json({})
    }
    if (this.stale) return this.refusal('unauthenticated')
    return Response.json({ path, body: await request.text() })
  }

  refusal(code: string) {
    return Response.json({ status: 401, code, message: code }, { status: 401 })
  }

  count(call: string) {
    return this.calls.filter((made) => made === call).length
  }
}

let server: FakeServer
const get = (path: string) => sessionFetch(new Request(`http://app.test${path}`))

beforeEach(() => {
  server = new FakeServer()
  vi.stubGlobal('fetch', server.fetch)
})

describe('a call that meets a stale session', () => {
  it('is sent again after one refresh, with its body', async () => {
    const response = await sessionFetch(
      new Request('http://app.test/api/payment/consulting', { method: 'POST', body: '{"id":"d1"}' }),
    )
    expect(await response.json()).toEqual({ path: '/api/payment/consulting', body: '{"id":"d1"}' })
    expect(server.count('POST /api/auth/refresh')).toBe(1)
    expect(server.count('POST /api/payment/consulting')).toBe(2)
  })

  it('shares the refresh with every other call of that moment', async () => {
    const answers = await Promise.all([get('/api/a'), get('/api/b'), get('/api/c')])
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(server.count('POST /api/auth/refresh')).toBe(1)
  })

  it('needs no refresh when another tab was faster', async () => {
    vi.stubGlobal('navigator', {
      locks: {
        request: (_name: string, work: () => Promise<unknown>) => {
          server.stale = false
          return work()
        },
      },
    })
    expect((await get('/api/a')).ok).toBe(true)
    expect(server.count('POST /api/auth/refresh')).toBe(0)
  })

  it('gets the refusal when nobody is signed in any more, and says so once', async () => {
    server.canRefresh = false
    const ended = vi.fn()
    const stop = onSessionEnded(ended)
    expect((await get('/api/a')).status).toBe(401)
    expect(ended).toHaveBeenCalledOnce()
    expect(server.count('GET /api/a')).toBe(1)
    stop()
  })

  it.each([503, 429, 403, 400])('does not take a %i for the end of the session', async (status) => {
    server.refreshStatus = status
    const ended = vi.fn()
    const stop = onSessionEnded(ended)
    await expect(get('/api/a')).rejects.toBeInstanceOf(NetworkFailure)
    expect(ended).not.toHaveBeenCalled()
    stop()
  })
})

describe('other calls', () => {
  it('leave a wrong password alone', async () => {
    const response = await sessionFetch(new Request('http://app.test/api/auth/login', { method: 'POST' }))
    expect(response.status).toBe(401)
    expect(server.count('POST /api/auth/refresh')).toBe(0)
  })

  it('tell no answer from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(get('/api/a')).rejects.toBeInstanceOf(NetworkFailure)
  })

  it('pass on that the caller gave up', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('aborted', 'AbortError')))
    await expect(get('/api/a')).rejects.toMatchObject({ name: 'AbortError' })
  })
})
