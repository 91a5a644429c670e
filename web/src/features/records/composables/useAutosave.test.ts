// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { useAutosave } from './useAutosave'

describe('useAutosave', () => {
  const save = vi.fn<() => Promise<unknown>>()
  let saving: ReturnType<typeof useAutosave>
  let host: { unmount: () => void }

  beforeEach(() => {
    vi.useFakeTimers()
    save.mockReset().mockResolvedValue(undefined)
    host = mount({
      setup() {
        saving = useAutosave(save)
        return () => null
      },
    })
  })
  afterEach(() => {
    host.unmount()
    vi.useRealTimers()
  })

  it('saves once, a moment after the last key', async () => {
    saving.touched()
    await vi.advanceTimersByTimeAsync(1_000)
    saving.touched()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(save).not.toHaveBeenCalled()
    expect(saving.state.value).toBe('waiting')
    await vi.advanceTimersByTimeAsync(200)
    expect(save).toHaveBeenCalledTimes(1)
    expect(saving.state.value).toBe('saved')
  })

  it('saves again what was written while it was saving, never two at once', async () => {
    let answer: () => void = () => undefined
    save.mockImplementationOnce(() => new Promise<void>((resolve) => (answer = resolve)))
    saving.touched()
    const asked = saving.flush()
    saving.touched()
    void saving.flush()
    expect(save).toHaveBeenCalledTimes(1)
    answer()
    await asked
    expect(save).toHaveBeenCalledTimes(2)
    expect(saving.isUnsaved.value).toBe(false)
  })

  it('tries again by itself where that may help', async () => {
    save.mockRejectedValueOnce(new NetworkFailure())
    saving.touched()
    await saving.flush()
    expect(saving.state.value).toBe('failed')
    expect(saving.isUnsaved.value).toBe(true)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(saving.state.value).toBe('saved')
  })

  it('leaves a refusal until the text is another', async () => {
    save.mockRejectedValueOnce(new Problem(409, 'record_closed', ''))
    saving.touched()
    await saving.flush()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(save).toHaveBeenCalledTimes(1)
    saving.touched()
    await vi.advanceTimersByTimeAsync(1_200)
    expect(saving.state.value).toBe('saved')
  })

  it('saves at once when the signal is back, and no more once it is left', async () => {
    save.mockRejectedValueOnce(new NetworkFailure())
    saving.touched()
    await saving.flush()
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(save).toHaveBeenCalledTimes(2)
    saving.touched()
    host.unmount()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(save).toHaveBeenCalledTimes(2)
  })
})
