// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { inApp } from '@/testing/in-app'
import { pagesQuery, usePages } from './usePages'

const fetchPage = vi.fn<(key: string, cursor?: string) => Promise<{ items: string[]; nextCursor: string | null }>>()

const page = (items: string[], nextCursor: string | null = null) => ({ items, nextCursor })

/** An answer that comes when the test says so. */
function late() {
  let answer: (items: string[]) => void = () => undefined
  fetchPage.mockReturnValueOnce(new Promise((resolve) => (answer = (items) => resolve(page(items)))))
  return (items: string[]) => answer(items)
}

async function list(key = ref('nadia')) {
  const { made } = await inApp(() =>
    usePages(() => pagesQuery(['list', key.value], (cursor) => fetchPage(key.value, cursor))),
  )
  await flushPromises()
  return made
}

describe('a list that comes page by page', () => {
  beforeEach(() => fetchPage.mockReset())

  it('goes on where the last page ended', async () => {
    fetchPage.mockResolvedValueOnce(page(['b'], 'there')).mockResolvedValueOnce(page(['a']))
    const { items, hasMore, more } = await list()
    await more.load()
    expect(fetchPage).toHaveBeenLastCalledWith('nadia', 'there')
    expect([items.value, hasMore.value]).toEqual([['b', 'a'], false])
  })

  it('is about what is asked for now', async () => {
    const answerOld = late()
    fetchPage.mockResolvedValueOnce(page(['new']))
    const key = ref('nadia')
    const { items } = await list(key)
    key.value = 'hafizh'
    await flushPromises()
    answerOld(['old'])
    await flushPromises()
    expect(items.value).toEqual(['new'])
  })

  it('takes no further page of what was loaded anew meanwhile', async () => {
    fetchPage.mockResolvedValueOnce(page(['b'], 'there'))
    const { items, hasMore, more, load } = await list()
    const answerOld = late()
    const under = more.load()
    fetchPage.mockResolvedValueOnce(page(['c', 'b'], 'there'))
    await load()
    answerOld(['a'])
    await under
    expect([items.value, hasMore.value, more.isLoading]).toEqual([['c', 'b'], true, false])
  })

  it('asks for two further pages one after the other', async () => {
    fetchPage.mockResolvedValueOnce(page(['c'], 'there'))
    const { items, more } = await list()
    const answer = late()
    const both = Promise.all([more.load(), more.load()])
    answer(['b'])
    await both
    expect([items.value, fetchPage.mock.calls.length]).toEqual([['c', 'b'], 2])
  })

  it('changes an item in its place, or takes it out', async () => {
    fetchPage.mockResolvedValueOnce(page(['c', 'b', 'a']))
    const { items, put } = await list()
    put((shown) => shown === 'b', 'B')
    put((shown) => shown === 'c', null)
    expect(items.value).toEqual(['B', 'a'])
  })

  it('keeps what is shown when more cannot be had, or not anew', async () => {
    fetchPage
      .mockResolvedValueOnce(page(['b'], 'there'))
      .mockRejectedValueOnce('no answer')
      .mockRejectedValueOnce('no answer')
    const { items, more, hasMore, failure, load } = await list()
    await more.load()
    expect([more.failed, hasMore.value, items.value]).toEqual([true, true, ['b']])
    await load()
    expect([failure.value, items.value]).toEqual(['no answer', ['b']])
  })

  it('of many pages asks only for the first ones anew, as long as the others follow', async () => {
    fetchPage.mockImplementation((_key, cursor = '0') =>
      Promise.resolve(page([cursor], Number(cursor) < 6 ? String(Number(cursor) + 1) : null)),
    )
    const { items, more, load } = await list()
    for (let pages = 1; pages < 7; pages += 1) await more.load()
    fetchPage.mockClear()
    await load()
    expect(items.value).toEqual(['0', '1', '2', '3', '4', '5', '6'])
    expect(fetchPage.mock.calls.map(([, cursor]) => cursor)).toEqual([undefined, '1', '2', '3', '4'])
  })
})
