import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import type { Conversation } from '@/shared/api/types'
import { createMarker } from './marks'
import { conversation, ME, OTHER, ROOM } from './testing'

const socket = vi.hoisted(() => ({ asked: [] as [string, unknown][], failures: [] as Error[] }))
vi.mock('@/shared/realtime', () => ({
  realtime: {
    request: async (name: string, payload: unknown) => {
      socket.asked.push([name, payload])
      const failure = socket.failures.shift()
      if (failure) throw failure
    },
  },
}))

const read = (seq: number) => ['markAsRead', { senderId: ME, receiverId: OTHER, conversationId: ROOM, seq }]
const delivered = (seq: number) => ['markAsDelivered', { conversationId: ROOM, seq }]

function setUp() {
  let about: Conversation = conversation({ lastSeq: 9 })
  const done = vi.fn((_id: string, seq: number, kind: 'delivered' | 'read') => {
    about = { ...about, ...(kind === 'read' ? { readSeq: seq } : { deliveredSeq: seq }) }
  })
  return { done, marker: createMarker({ me: () => ME, conversation: () => about, done }) }
}

describe('marks', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    socket.asked.length = 0
    socket.failures.length = 0
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('are one for several in a moment, of each kind', async () => {
    const { marker } = setUp()
    marker.mark(ROOM, 2, 'delivered')
    marker.mark(ROOM, 4, 'delivered')
    marker.mark(ROOM, 3, 'delivered')
    marker.mark(ROOM, 3, 'read')
    await vi.advanceTimersByTimeAsync(150)
    expect(socket.asked).toEqual([delivered(4), read(3)])
  })

  it('are not said again once they are known', async () => {
    const { marker } = setUp()
    marker.mark(ROOM, 4, 'read')
    await vi.advanceTimersByTimeAsync(150)
    marker.mark(ROOM, 4, 'read')
    await vi.advanceTimersByTimeAsync(150)
    expect(socket.asked).toEqual([read(4)])
  })

  it('are said until they get through', async () => {
    const { marker, done } = setUp()
    socket.failures.push(new NetworkFailure('gone'), new Problem(429, 'too_many_requests', 'slow down'))
    marker.mark(ROOM, 4, 'read')
    await vi.advanceTimersByTimeAsync(150)
    expect(done).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(socket.asked).toEqual([read(4), read(4), read(4)])
    expect(done).toHaveBeenCalledTimes(1)
  })

  it('are said at once when the connection is back, and only the last of them', async () => {
    const { marker } = setUp()
    socket.failures.push(new NetworkFailure('gone'))
    marker.mark(ROOM, 4, 'read')
    await vi.advanceTimersByTimeAsync(150)
    marker.mark(ROOM, 6, 'read')
    marker.hurry()
    await vi.advanceTimersByTimeAsync(10)
    expect(socket.asked).toEqual([read(4), read(6)])
  })

  it('are not said again when the server means no', async () => {
    const { marker } = setUp()
    socket.failures.push(new Problem(403, 'not_a_participant', 'no'))
    marker.mark(ROOM, 4, 'read')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(socket.asked).toHaveLength(1)
  })

  it('go on with what came while others were said', async () => {
    const { marker } = setUp()
    marker.mark(ROOM, 4, 'read')
    await vi.advanceTimersByTimeAsync(100)
    marker.mark(ROOM, 5, 'read')
    await vi.advanceTimersByTimeAsync(200)
    expect(socket.asked).toEqual([read(4), read(5)])
  })
})
