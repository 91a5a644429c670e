// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { inApp } from '@/testing/in-app'
import { useTimeline } from './useTimeline'

const calls = vi.hoisted(() => ({ fetchTimeline: vi.fn() }))
vi.mock('../api', () => calls)

const entry = (id: string) => ({ kind: 'weight', id, on: '2026-11-24', grams: 4_600 })

async function timeline(id = ref('miko')) {
  const { made } = await inApp(() => useTimeline(id))
  await flushPromises()
  return made
}

describe('the timeline', () => {
  beforeEach(() => calls.fetchTimeline.mockReset())

  it('goes on where the last page ended', async () => {
    calls.fetchTimeline
      .mockResolvedValueOnce({ items: [entry('b')], nextCursor: 'there' })
      .mockResolvedValueOnce({ items: [entry('a')], nextCursor: null })
    const { entries, hasMore, more } = await timeline()
    expect(hasMore.value).toBe(true)
    await more.load()
    expect(calls.fetchTimeline).toHaveBeenLastCalledWith('miko', 'there')
    expect(entries.value?.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(hasMore.value).toBe(false)
  })

  it('drops a page of before that comes after a change', async () => {
    let answerOld: (page: unknown) => void = () => {}
    calls.fetchTimeline
      .mockResolvedValueOnce({ items: [entry('b')], nextCursor: 'there' })
      .mockReturnValueOnce(new Promise((resolve) => (answerOld = resolve)))
      .mockResolvedValueOnce({ items: [entry('c'), entry('b')], nextCursor: 'there' })
    const { entries, more, load } = await timeline()
    const old = more.load()
    await load()
    answerOld({ items: [entry('a')], nextCursor: null })
    await old
    expect(entries.value?.map(({ id }) => id)).toEqual(['c', 'b'])
  })

  it('begins anew for another pet', async () => {
    calls.fetchTimeline
      .mockResolvedValueOnce({ items: [entry('b')], nextCursor: null })
      .mockReturnValueOnce(new Promise(() => {}))
    const id = ref('miko')
    const { entries } = await timeline(id)
    expect(entries.value).toHaveLength(1)
    id.value = 'pus'
    await flushPromises()
    expect(entries.value).toBeNull()
    expect(calls.fetchTimeline).toHaveBeenLastCalledWith('pus', undefined)
  })
})
