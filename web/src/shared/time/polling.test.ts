// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPolling } from './polling'

function look(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('polling', () => {
  const ask = vi.fn(async () => undefined)
  let needed = true
  let polling: ReturnType<typeof createPolling>

  beforeEach(() => {
    vi.useFakeTimers()
    ask.mockClear()
    needed = true
    look('visible')
    polling = createPolling({ ask, isNeeded: () => needed, pauses: [100, 200, 400] })
    polling.start()
  })
  afterEach(() => {
    polling.stop()
    look('visible')
    vi.useRealTimers()
  })

  it('asks less and less often', async () => {
    await vi.advanceTimersByTimeAsync(100)
    expect(ask).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(ask).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(800)
    expect(ask).toHaveBeenCalledTimes(4)
  })

  it('is quick again after something happened', async () => {
    await vi.advanceTimersByTimeAsync(300)
    polling.hurry()
    await vi.advanceTimersByTimeAsync(100)
    expect(ask).toHaveBeenCalledTimes(3)
  })

  it('rests while nobody looks, and asks at once on return', async () => {
    look('hidden')
    await vi.advanceTimersByTimeAsync(5000)
    expect(ask).not.toHaveBeenCalled()
    look('visible')
    await vi.advanceTimersByTimeAsync(0)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('ends when there is nothing to wait for', async () => {
    needed = false
    await vi.advanceTimersByTimeAsync(100)
    await vi.advanceTimersByTimeAsync(5000)
    expect(ask).toHaveBeenCalledTimes(1)
  })
})
