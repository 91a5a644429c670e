// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import type { TriageCheck } from '@/shared/api/types'
import { inApp } from '@/testing/in-app'
import { useRedFlags } from './useRedFlags'

const check = vi.hoisted(() => vi.fn<(text: string) => Promise<TriageCheck>>())
vi.mock('@/shared/api/client', () => ({
  api: { POST: (_path: string, { body }: { body: { text: string } }) => check(body.text) },
  unwrap: (answer: unknown) => answer,
}))

const answer = (level: TriageCheck['level']): TriageCheck => ({ rulesVersion: '1', level, flags: [], advice: [] })

describe('useRedFlags', () => {
  const words = ref('')
  let leave: () => void

  beforeEach(() => {
    vi.useFakeTimers()
    check.mockReset()
    words.value = ''
  })
  afterEach(() => {
    leave()
    vi.useRealTimers()
  })

  async function start() {
    const { made, unmount } = await inApp(() => useRedFlags(() => words.value))
    leave = unmount
    return made
  }
  async function type(text: string, pause = 700): Promise<void> {
    words.value = text
    await nextTick()
    await vi.advanceTimersByTimeAsync(pause)
  }

  it('asks once somebody pauses, with all the words', async () => {
    const warning = await start()
    check.mockResolvedValue(answer('emergency'))
    await type('kcg gk bs', 300)
    await type('kcg gk bs pipis', 600)
    expect(check).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(100)
    expect(check.mock.calls).toEqual([['kcg gk bs pipis']])
    expect(warning.value?.level).toBe('emergency')
  })

  it('warns of nothing where nothing is urgent, where nothing is said, and where the server cannot be asked', async () => {
    const warning = await start()
    check.mockResolvedValueOnce(answer('emergency')).mockResolvedValueOnce(answer('routine'))
    await type('kucing kejang')
    await type('kucing gatal')
    expect(warning.value).toBeNull()
    check.mockRejectedValueOnce(new Error('offline'))
    await type('kucing kejang')
    expect(warning.value).toBeNull()
    await type('')
    expect(check).toHaveBeenCalledTimes(3)
  })

  it('drops an answer about words that have changed since', async () => {
    const warning = await start()
    let late: (found: TriageCheck) => void = () => {}
    check.mockReturnValueOnce(new Promise((resolve) => (late = resolve))).mockResolvedValueOnce(answer('routine'))
    await type('kucing kejang')
    await type('kucing gatal')
    late(answer('emergency'))
    await vi.advanceTimersByTimeAsync(0)
    expect(warning.value).toBeNull()
  })
})
