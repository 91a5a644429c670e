// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { createConnection, type Connection, type SocketLike } from './connection'

type Handler = (...values: never[]) => void

/** Behaves like socket.io's socket as far as the connection uses it. */
class FakeSocket {
  connected = false
  active = true
  connects = 0
  sent: [string, unknown][] = []
  ack: (name: string) => Promise<unknown> = () => Promise.resolve({})
  private handlers = new Map<string, Handler[]>()
  private anyHandlers: Handler[] = []

  connect() {
    this.connects += 1
    return this
  }
  disconnect() {
    this.connected = false
    return this
  }
  on(name: string, handler: Handler) {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler])
    return this
  }
  onAny(handler: Handler) {
    this.anyHandlers.push(handler)
    return this
  }
  offAny() {
    this.anyHandlers = []
    return this
  }
  removeAllListeners() {
    this.handlers.clear()
    return this
  }
  emit(name: string, payload: unknown) {
    this.sent.push([name, payload])
    return this
  }
  get volatile() {
    return this
  }
  timeout() {
    return { emitWithAck: (name: string) => this.ack(name) }
  }

  happens(name: string, value?: unknown) {
    if (name === 'connect') this.connected = true
    if (name === 'disconnect') this.connected = false
    for (const handler of this.handlers.get(name) ?? []) handler(value as never)
  }
  receives(name: string, payload: unknown) {
    for (const handler of this.anyHandlers) handler(name as never, payload as never)
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('connection', () => {
  let socket: FakeSocket
  let connection: Connection
  let outcome: 'renewed' | 'ended'
  const sessionEnded = vi.fn()
  const renew = vi.fn(async () => outcome)

  beforeEach(async () => {
    vi.useFakeTimers()
    sessionEnded.mockReset()
    renew.mockClear()
    outcome = 'renewed'
    socket = new FakeSocket()
    connection = createConnection({
      open: async () => socket as unknown as SocketLike,
      renew,
      sessionEnded,
      pause: () => 1000,
    })
    await connection.start()
  })
  afterEach(() => {
    connection.stop()
    vi.useRealTimers()
  })

  it('says how it stands', () => {
    expect(connection.state.value).toBe('connecting')
    socket.happens('connect')
    expect(connection.state.value).toBe('online')
    socket.happens('disconnect', 'transport close')
    expect(connection.state.value).toBe('connecting')
    connection.stop()
    expect(connection.state.value).toBe('offline')
  })

  it('gives events to their listeners, also over a new socket, until they stop', async () => {
    const heard: unknown[] = []
    const stop = connection.onEvent('conversationEnded', (event) => heard.push(event.conversationId))
    socket.receives('conversationEnded', { conversationId: 'c1' })
    connection.stop()
    socket = new FakeSocket()
    await connection.start()
    socket.receives('conversationEnded', { conversationId: 'c2' })
    stop()
    socket.receives('conversationEnded', { conversationId: 'c3' })
    expect(heard).toEqual(['c1', 'c2'])
  })

  describe('that looks open when somebody comes back', () => {
    const look = (state: 'hidden' | 'visible') => {
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
      document.dispatchEvent(new Event('visibilitychange'))
    }
    const comeBack = async () => {
      look('hidden')
      await vi.advanceTimersByTimeAsync(60_000)
      look('visible')
    }
    beforeEach(() => socket.happens('connect'))
    afterEach(() => vi.restoreAllMocks())

    it('is asked, and not claimed meanwhile', async () => {
      let answer: (value: unknown) => void = () => undefined
      socket.ack = () => new Promise((resolve) => (answer = resolve))
      await comeBack()
      expect(connection.state.value).toBe('connecting')
      answer({ status: 422, code: 'validation_failed' })
      await settle()
      expect([connection.state.value, socket.connects]).toEqual(['online', 1])
    })

    it.each([
      ['somebody comes back', comeBack],
      ['the network does', async () => void window.dispatchEvent(new Event('online'))],
    ])('is opened anew when it is dead, when %s', async (_who, back) => {
      socket.ack = () => Promise.reject(new Error('operation has timed out'))
      await back()
      await settle()
      expect([connection.state.value, socket.connects]).toEqual(['connecting', 2])
      socket.happens('connect')
      expect(connection.state.value).toBe('online')
    })

    it('is left alone after a glance elsewhere', async () => {
      socket.ack = vi.fn(() => Promise.resolve({}))
      look('hidden')
      await vi.advanceTimersByTimeAsync(1_000)
      look('visible')
      expect(socket.ack).not.toHaveBeenCalled()
    })
  })

  it('calls for what was missed after every connect', () => {
    const asked = vi.fn()
    connection.onConnected(asked)
    socket.happens('connect')
    socket.happens('disconnect', 'transport close')
    socket.happens('connect')
    expect(asked).toHaveBeenCalledTimes(2)
  })

  it('says in every handshake how far we are by then', async () => {
    connection.stop()
    let handshake: () => unknown = () => undefined
    const other = createConnection({
      open: async (introduction) => {
        handshake = introduction
        return socket as unknown as SocketLike
      },
      renew,
      sessionEnded,
    })
    await other.start()
    expect(handshake()).toEqual({})
    let last = 4
    other.introduceWith(() => ({ lastSeq: { room: last } }))
    expect(handshake()).toEqual({ lastSeq: { room: 4 } })
    last = 9
    expect(handshake()).toEqual({ lastSeq: { room: 9 } })
    other.stop()
  })

  it('renews a refused session and connects again', async () => {
    socket.happens('connect_error', new Error('unauthenticated'))
    await settle()
    expect(renew).toHaveBeenCalledOnce()
    expect(socket.connects).toBe(2)
  })

  it('does not hurry when the fresh token is refused too', async () => {
    socket.happens('connect_error', new Error('unauthenticated'))
    await settle()
    socket.happens('connect_error', new Error('unauthenticated'))
    await settle()
    expect(socket.connects).toBe(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(socket.connects).toBe(3)
  })

  it('stops, and says so, when the session has ended', async () => {
    outcome = 'ended'
    socket.happens('connect')
    socket.happens('disconnect', 'io server disconnect')
    await settle()
    expect(sessionEnded).toHaveBeenCalledOnce()
    expect(connection.state.value).toBe('offline')
  })

  it('leaves a lost line to the socket itself', async () => {
    socket.happens('connect')
    socket.happens('disconnect', 'transport close')
    await settle()
    expect(renew).not.toHaveBeenCalled()
  })

  it('answers a request with its ack, or throws the problem in it', async () => {
    socket.happens('connect')
    const payload = { conversationId: 'c1', seq: 3 }
    socket.ack = () => Promise.resolve({ ok: true })
    await expect(connection.request('markAsDelivered', payload)).resolves.toEqual({ ok: true })
    socket.ack = () => Promise.resolve({ status: 403, code: 'not_a_participant', message: 'bukan pesertanya' })
    await expect(connection.request('markAsDelivered', payload)).rejects.toMatchObject({
      name: 'Problem',
      code: 'not_a_participant',
    } satisfies Partial<Problem>)
    socket.ack = () => Promise.reject(new Error('operation has timed out'))
    await expect(connection.request('markAsDelivered', payload)).rejects.toBeInstanceOf(NetworkFailure)
  })

  it('refuses a request at once while cut off, and drops notices', async () => {
    await expect(connection.request('markAsDelivered', { conversationId: 'c1', seq: 1 })).rejects.toBeInstanceOf(
      NetworkFailure,
    )
    connection.notify('typing', { senderId: 'a', receiverId: 'b', isTyping: true })
    expect(socket.sent).toEqual([])
  })
})
