// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { createOutbox, type OutboxOptions } from './outbox'
import { mine, picture, ROOM, written } from './testing'

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
    kept: async () => true,
    changed: vi.fn(),
    removed: vi.fn(),
    stored: async () => null,
    sentElsewhere: vi.fn(),
    alone: (_id, work) => work(),
    isConnected: () => true,
    isOffline: () => false,
    pause: () => 1000,
    ...fields,
  }
  return { asked, answers, options, outbox: createOutbox(options) }
}

const states = (outbox: ReturnType<typeof createOutbox>) =>
  outbox.queueOf(ROOM).map(({ clientId, state }) => `${clientId} ${state}`)

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
    void outbox.put(written('a'))
    void outbox.put(written('b'))
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
    void outbox.put(written('a'))
    void outbox.put(written('b'))
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
    void outbox.put(written('a'))
    await flushPromises()
    outbox.wake()
    await flushPromises()
    expect(asked).toEqual(['a', 'a'])
  })

  it('says that it failed after three tries, keeps trying, and sends again when asked', async () => {
    const { outbox, asked, answers } = setUp()
    answers.set('a', [busy(), busy(), busy()])
    void outbox.put(written('a'))
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
    answers.set(
      'a',
      Array.from({ length: 5 }, () => new NetworkFailure('gone')),
    )
    void outbox.put(written('a'))
    await vi.advanceTimersByTimeAsync(4000)
    expect(states(outbox)).toEqual(['a waiting'])
  })

  it('waits as long as the server asks', async () => {
    const { outbox, asked, answers } = setUp()
    answers.set('a', [new Problem(429, 'too_many_requests', 'slow down', [], null, 5)])
    void outbox.put(written('a'))
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
    void outbox.put(written('a'))
    void outbox.put(written('b'))
    await flushPromises()
    expect(states(outbox)).toEqual(['a refused'])
    expect(options.refused).toHaveBeenCalledWith(expect.objectContaining({ clientId: 'a' }), refusal)
    outbox.discard('a')
    expect(states(outbox)).toEqual([])
  })

  it('forgets a message that came back by the socket before its own answer', async () => {
    let finish: () => void = () => undefined
    const { outbox, options } = setUp({
      deliver: () => new Promise((resolve) => (finish = () => resolve(mine(1, { clientId: 'a' })))),
    })
    void outbox.put(written('a'))
    await flushPromises()
    outbox.remove('a')
    finish()
    await flushPromises()
    expect(states(outbox)).toEqual([])
    expect(options.removed).toHaveBeenCalledTimes(1)
  })

  it('does not throw away what is under way', async () => {
    const { outbox } = setUp({ deliver: () => new Promise(() => undefined) })
    void outbox.put(written('a'))
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

  it('does not even try without a network, and goes on when woken', async () => {
    let isOffline = true
    const { outbox, asked } = setUp({ isOffline: () => isOffline })
    void outbox.put(written('a'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect([asked, states(outbox)]).toEqual([[], ['a waiting']])
    isOffline = false
    outbox.wake()
    await flushPromises()
    expect(asked).toEqual(['a'])
  })

  it('counts an upload that moves as no failure, however often it is cut off', async () => {
    let tries = 0
    const { outbox } = setUp({
      deliver: async (_item, onPicture) => {
        tries += 1
        onPicture(0, { progress: tries / 10 })
        throw new NetworkFailure('gone')
      },
    })
    void outbox.put(written('a', { pictures: [picture('p')] }))
    await flushPromises()
    await vi.advanceTimersByTimeAsync(4000)
    expect(tries).toBeGreaterThan(3)
    expect(states(outbox)).toEqual(['a waiting'])
  })

  it('keeps where an upload stands', async () => {
    const { outbox, options } = setUp({
      deliver: async (_item, onPicture) => {
        onPicture(0, { uploadId: 'u1' })
        throw new NetworkFailure('gone')
      },
    })
    void outbox.put(written('a', { pictures: [picture('p')] }))
    await flushPromises()
    expect(options.changed).toHaveBeenCalledWith(
      expect.objectContaining({ pictures: [expect.objectContaining({ uploadId: 'u1' })] }),
    )
  })

  describe('shared by tabs', () => {
    it('sends nothing that another tab has sent, and sends what another tab wrote, in the order of writing', async () => {
      let open: () => void = () => undefined
      const gate = new Promise<void>((resolve) => (open = resolve))
      const { outbox, asked, options } = setUp({
        stored: async () => ({ names: new Set(['b', 'c']), others: [written('b')] }),
        alone: async (_id, work) => {
          await gate
          await work()
        },
      })
      void outbox.put(written('a'))
      void outbox.put(written('c'))
      await flushPromises()
      open()
      await flushPromises()
      expect(asked).toEqual(['b', 'c'])
      expect(options.sentElsewhere).toHaveBeenCalledWith(expect.objectContaining({ clientId: 'a' }))
    })

    it('never takes what could not be kept for sent', async () => {
      const { outbox, asked } = setUp({
        kept: async () => false,
        stored: async () => ({ names: new Set(), others: [] }),
      })
      void outbox.put(written('a'))
      await flushPromises()
      expect(asked).toEqual(['a'])
    })

    it('takes over what another tab learned of an item', async () => {
      const { outbox } = setUp({ isOffline: () => true })
      outbox.restore([written('a', { pictures: [picture('p')] })])
      outbox.replace(
        written('a', { state: 'refused', failure: busy(), pictures: [picture('p', 9, { uploadId: 'u1' })] }),
      )
      expect(outbox.find('a')).toMatchObject({ state: 'refused', pictures: [{ uploadId: 'u1' }] })
    })
  })
})
