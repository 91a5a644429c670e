import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { createOutbox, type OutboxOptions } from './outbox'
import type { Outgoing } from './outgoing'
import { mine, ROOM } from './testing'

const written = (clientId: string): Outgoing => ({ clientId, conversationId: ROOM, text: clientId, pictures: [], writtenAt: '2026-11-22T02:00:00.000Z', state: 'waiting', failure: null })

/** A server that answers as the test says, and remembers what it was given. */
function setUp(fields: Partial<OutboxOptions> = {}) {
  const asked: string[] = []
  const answers = new Map<string, unknown[]>()
  const options: OutboxOptions = {
    deliver: async (item) => {
      asked.push(item.clientId)
      const next = answers.get(item.clientId)?.shift()
      if (next) throw next
      return mine(asked.length, { clientId: item.clientId })
    },
    delivered: vi.fn(),
    refused: vi.fn(),
    saved: vi.fn(),
    removed: vi.fn(),
    isConnected: () => true,
    pause: () => 1000,
    ...fields,
  }
  return { asked, answers, options, outbox: createOutbox(options) }
}

const states = (outbox: ReturnType<typeof createOutbox>) => outbox.queueOf(ROOM).map(({ clientId, state }) => `${clientId} ${state}`)

const busy = () => new Problem(503, 'unavailable', 'busy')

describe('the outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('sends one at a time, in the order of writing', async () => {
    let finish: () => void = () => undefined
    const { outbox, asked, options } = setUp({
      deliver: (item) => {
        asked.push(item.clientId)
        return new Promise((resolve) => {
          finish = () => resolve(mine(asked.length, { clientId: item.clientId }))
        })
      },
    })
    outbox.put(written('a'))
    outbox.put(written('b'))
    await flushPromises()
    expect(asked).toEqual(['a'])
    finish()
    await flushPromises()
    expect(asked).toEqual(['a', 'b'])
    finish()
    await flushPromises()
    expect(outbox.queueOf(ROOM)).toEqual([])
    expect(options.delivered).toHaveBeenCalledTimes(2)
  })

  it('holds the order when the first one does not get through, and goes on by itself', async () => {
    const { outbox, asked, answers } = setUp()
    answers.set('a', [new NetworkFailure('gone')])
    outbox.put(written('a'))
    outbox.put(written('b'))
    await flushPromises()
    expect(asked).toEqual(['a'])
    expect(states(outbox)).toEqual(['a waiting', 'b waiting'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual(['a', 'a', 'b'])
    expect(states(outbox)).toEqual([])
  })

  it('tries at once when the connection is back', async () => {
    const { outbox, asked, answers } = setUp({ pause: () => 60_000 })
    answers.set('a', [new NetworkFailure('gone')])
    outbox.put(written('a'))
    await flushPromises()
    outbox.wake()
    await flushPromises()
    expect(asked).toEqual(['a', 'a'])
  })

  it('says that it failed after three tries, keeps trying, and sends again when asked', async () => {
    const { outbox, asked, answers } = setUp()
    answers.set('a', [busy(), busy(), busy()])
    outbox.put(written('a'))
    await flushPromises()
    await vi.advanceTimersByTimeAsync(1000)
    expect(states(outbox)).toEqual(['a waiting'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(states(outbox)).toEqual(['a failed'])
    outbox.retry('a')
    await flushPromises()
    expect(asked).toHaveLength(4)
    expect(states(outbox)).toEqual([])
  })

  it('only waits while the server is out of reach', async () => {
    const { outbox, answers } = setUp({ isConnected: () => false })
    answers.set('a', Array.from({ length: 5 }, () => new NetworkFailure('gone')))
    outbox.put(written('a'))
    await vi.advanceTimersByTimeAsync(4000)
    expect(states(outbox)).toEqual(['a waiting'])
  })

  it('waits as long as the server asks', async () => {
    const { outbox, asked, answers } = setUp()
    answers.set('a', [new Problem(429, 'too_many_requests', 'slow down', [], null, 5)])
    outbox.put(written('a'))
    await flushPromises()
    await vi.advanceTimersByTimeAsync(4900)
    expect(asked).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toEqual(['a', 'a'])
  })

  it('lets a refused one step aside and sends what comes after it', async () => {
    const { outbox, answers, options } = setUp()
    const refusal = new Problem(422, 'invalid_request', 'no')
    answers.set('a', [refusal])
    outbox.put(written('a'))
    outbox.put(written('b'))
    await flushPromises()
    expect(states(outbox)).toEqual(['a refused'])
    expect(options.refused).toHaveBeenCalledWith(expect.objectContaining({ clientId: 'a' }), refusal)
    outbox.discard('a')
    expect(states(outbox)).toEqual([])
  })

  it('forgets a message that came back by the socket before its own answer', async () => {
    let finish: () => void = () => undefined
    const { outbox, options } = setUp({ deliver: () => new Promise((resolve) => (finish = () => resolve(mine(1, { clientId: 'a' })))) })
    outbox.put(written('a'))
    await flushPromises()
    outbox.remove(ROOM, 'a')
    finish()
    await flushPromises()
    expect(states(outbox)).toEqual([])
    expect(options.removed).toHaveBeenCalledTimes(1)
  })

  it('does not throw away what is under way', async () => {
    const { outbox } = setUp({ deliver: () => new Promise(() => undefined) })
    outbox.put(written('a'))
    await flushPromises()
    outbox.discard('a')
    expect(states(outbox)).toEqual(['a sending'])
  })

  it('keeps on the device what is not sent, and puts it back in order', async () => {
    const { outbox, asked, options } = setUp()
    outbox.restore([written('a'), written('b')])
    outbox.restore([written('a')])
    await flushPromises()
    expect(asked).toEqual(['a', 'b'])
    expect(options.removed).toHaveBeenCalledTimes(2)
  })
})
