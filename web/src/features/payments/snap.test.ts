// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hidePopup, loadSnap, openPopup, type SnapOptions } from './snap'

describe('the payment script', () => {
  const scripts: HTMLScriptElement[] = []

  beforeEach(() => {
    scripts.length = 0
    // Nothing is fetched here: the test says what became of it.
    vi.spyOn(document.head, 'append').mockImplementation((node) => void scripts.push(node as HTMLScriptElement))
  })
  afterEach(() => {
    delete window.snap
  })

  it('is asked for once, is asked for again after a failure, and names the client', async () => {
    const first = loadSnap('/snap.js', 'key')
    expect(loadSnap('/snap.js', 'key')).toBe(first)
    expect(scripts).toHaveLength(1)
    scripts[0]?.dispatchEvent(new Event('error'))
    await expect(first).rejects.toThrow('could not be fetched')

    const second = loadSnap('/snap.js', 'key')
    expect(scripts).toHaveLength(2)
    expect(scripts[1]?.dataset.clientKey).toBe('key')
    window.snap = { pay: vi.fn(), hide: vi.fn() }
    scripts[1]?.dispatchEvent(new Event('load'))
    await expect(second).resolves.toBe(window.snap)
  })
})

describe('the popup', () => {
  it('is one at a time, and ends once', () => {
    let options: SnapOptions | undefined
    const snap = { pay: vi.fn((_token: string, given: SnapOptions) => void (options = given)), hide: vi.fn() }
    const closed = vi.fn()
    openPopup(snap, 'token', 'id', closed)
    openPopup(snap, 'token', 'id', closed)
    expect(snap.pay).toHaveBeenCalledTimes(1)
    options?.onPending()
    options?.onClose()
    expect(closed.mock.calls).toEqual([[true]])
    openPopup(snap, 'token', 'id', closed)
    expect(snap.pay).toHaveBeenCalledTimes(2)
    window.snap = snap
    hidePopup()
    hidePopup()
    expect(snap.hide).toHaveBeenCalledTimes(1)
    options?.onClose()
    expect(closed).toHaveBeenCalledTimes(1)
  })

  it('may be opened again after it refused to open', () => {
    const broken = {
      pay: () => {
        throw new Error('already open')
      },
      hide: vi.fn(),
    }
    expect(() => openPopup(broken, 'token', 'id', vi.fn())).toThrow('already open')
    const snap = { pay: vi.fn(), hide: vi.fn() }
    openPopup(snap, 'token', 'id', vi.fn())
    expect(snap.pay).toHaveBeenCalledTimes(1)
  })
})
