// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { serverNow, forgetServerTime } from '@/shared/time/server-clock'
import { NetworkFailure } from './problem'
import { sessionFetch } from './session-fetch'
import { renewSession } from './session-renewal'
import { watchedBy } from './watched'

const never = () => new Promise<Response>(() => {})
const request = (init: RequestInit = {}) => new Request('http://app.test/api/doctors', init)
/** How it ended, so that a promise that nobody waits for yet is no unhandled one. */
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => error,
  )

describe('a call that nobody answers', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    forgetServerTime()
  })

  it('fails after fifteen seconds, and its connection is let go', async () => {
    let signal: AbortSignal | undefined
    vi.stubGlobal('fetch', (_request: Request, init: RequestInit) => ((signal = init.signal ?? undefined), never()))
    const call = outcome(sessionFetch(request()))
    await vi.advanceTimersByTimeAsync(14_000)
    expect(signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(await call).toBeInstanceOf(NetworkFailure)
    expect(signal?.aborted).toBe(true)
  })

  it('has longer for an upload', async () => {
    vi.stubGlobal('fetch', never)
    const call = vi.fn()
    void outcome(
      sessionFetch(
        request({ method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
      ),
    ).then(call)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(call).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(300_000)
    expect(call).toHaveBeenCalledWith(expect.any(NetworkFailure))
  })

  it('ends at once when the caller gives up', async () => {
    vi.stubGlobal('fetch', never)
    const controller = new AbortController()
    const call = outcome(sessionFetch(request({ signal: controller.signal })))
    controller.abort()
    expect(await call).toMatchObject({ name: 'AbortError' })
  })

  it('does not keep the lock of the session from the other tabs', async () => {
    let held = false
    vi.stubGlobal('navigator', {
      locks: {
        request: async (_name: string, work: () => Promise<unknown>) => {
          held = true
          try {
            return await work()
          } finally {
            held = false
          }
        },
      },
    })
    vi.stubGlobal('fetch', never)
    const renewal = outcome(renewSession())
    await vi.advanceTimersByTimeAsync(1)
    expect(held).toBe(true)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(await renewal).toBeInstanceOf(Error)
    expect(held).toBe(false)
  })

  it('says the time, when it is answered', async () => {
    const at = Date.now() + 7_200_000
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { headers: { date: new Date(at).toUTCString() } })))
    await sessionFetch(request())
    expect(Math.abs(serverNow() - at)).toBeLessThan(1_500)
  })
})

describe('a photo on its way', () => {
  class FakeCall {
    static made: FakeCall[] = []
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
    onload = () => {}
    onerror = () => {}
    responseType = ''
    aborted = false
    isSent = false
    constructor() {
      FakeCall.made.push(this)
    }
    open() {}
    setRequestHeader() {}
    send() {
      this.isSent = true
    }
    abort() {
      this.aborted = true
    }
  }

  beforeEach(() => {
    FakeCall.made = []
    vi.stubGlobal('XMLHttpRequest', FakeCall)
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  async function sent(signal = new AbortController().signal): Promise<{ call: FakeCall; ended: Promise<unknown> }> {
    const ended = outcome(
      watchedBy(() => {})(new Request('http://app.test/api/x', { method: 'POST', body: 'photo' }), signal),
    )
    await vi.waitFor(() => expect(FakeCall.made[0]?.isSent).toBe(true))
    return { call: FakeCall.made[0] ?? expect.unreachable(), ended }
  }

  it('is let go when nothing moves, and not while something does', async () => {
    const { call, ended } = await sent()
    for (let loaded = 1; loaded <= 4; loaded += 1) {
      await vi.advanceTimersByTimeAsync(20_000)
      call.upload.onprogress?.({ loaded, total: 10 })
    }
    expect(call.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(call.aborted).toBe(true)
    expect(await ended).toBeInstanceOf(TypeError)
  })

  it('stops when the caller gives up', async () => {
    const controller = new AbortController()
    const { call, ended } = await sent(controller.signal)
    controller.abort()
    expect(call.aborted).toBe(true)
    expect(await ended).toMatchObject({ name: 'AbortError' })
  })
})
