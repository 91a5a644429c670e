// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { Draft } from '../drafts'
import { useFirstWords } from './useFirstWords'

const { fetchIntakeOf, drafts } = vi.hoisted(() => ({
  fetchIntakeOf: vi.fn(),
  drafts: { of: vi.fn<() => Draft>(), write: vi.fn() },
}))
vi.mock('@/features/triage/api', () => ({ fetchIntakeOf }))
vi.mock('../store', () => ({ useChat: () => ({ drafts }) }))

function come(isWanted = true) {
  const wanted = ref(isWanted)
  const made = effectScope().run(() =>
    useFirstWords(
      'room',
      () => wanted.value,
      () => 'consultation',
    ),
  )
  return { ...(made ?? expect.unreachable()), wanted }
}

describe('what was said before the payment', () => {
  beforeEach(() => {
    fetchIntakeOf.mockReset().mockResolvedValue({ complaint: 'Muntah' })
    drafts.of.mockReset().mockReturnValue({ text: '', pictures: [] })
    drafts.write.mockReset()
  })

  it('is the first draft, once it may be', async () => {
    const { wanted, isReady } = come(false)
    await flushPromises()
    expect(fetchIntakeOf).not.toHaveBeenCalled()
    wanted.value = true
    await flushPromises()
    expect(fetchIntakeOf).toHaveBeenCalledWith('consultation')
    expect(drafts.write).toHaveBeenCalledWith('room', 'Muntah')
    expect(isReady.value).toBe(true)
  })

  it('is not put where something was begun, or sent, while it was asked for', async () => {
    drafts.of.mockReturnValue({ text: 'Dok', pictures: [] })
    come()
    await flushPromises()
    drafts.of.mockReturnValue({ text: '', pictures: [] })
    const { wanted, isReady } = come()
    wanted.value = false
    await flushPromises()
    expect(drafts.write).not.toHaveBeenCalled()
    expect(isReady.value).toBe(false)
  })

  it('is not asked for again by whoever took it out', async () => {
    const { wanted } = come()
    await flushPromises()
    wanted.value = false
    await nextTick()
    wanted.value = true
    await flushPromises()
    expect(fetchIntakeOf).toHaveBeenCalledTimes(1)
  })

  it('keeps nobody from talking when it cannot be had', async () => {
    fetchIntakeOf.mockRejectedValue(new Error('offline'))
    come()
    await flushPromises()
    expect(drafts.write).not.toHaveBeenCalled()
  })
})
