// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import type { FoundMessage } from '@/shared/api/types'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import { conversation, message, ROOM } from '../testing'
import SearchResults from './SearchResults.vue'

vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.reject(new Problem(401, 'unauthenticated', '')) }))
vi.mock('../api')
const server = vi.mocked(api)

const found = (seq: number, text: string): FoundMessage => ({
  message: message(seq, { message: text }),
  counterpart: conversation().counterpart,
  conversationStatus: 'active',
})

/** Longer than somebody pauses between two letters. */
const pause = async () => {
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
}

describe('search results', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    server.searchMessages
      .mockReset()
      .mockResolvedValue({ items: [found(7, 'Miko muntah tiga kali')], nextCursor: null })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('ask once for what was typed quickly, and not for a single letter', async () => {
    const page = await mountInApp(SearchResults, { words: 'm' })
    await pause()
    expect(page.text()).toContain('minimal dua huruf')
    await page.setProps({ words: 'mu' })
    await page.setProps({ words: ' muntah ' })
    expect(page.find('[aria-busy="true"]').exists()).toBe(true)
    await pause()
    expect(server.searchMessages.mock.calls.map(([query]) => query)).toEqual([
      { q: 'muntah', conversationId: undefined, cursor: undefined },
    ])
  })

  it('show what was found where, and lead there', async () => {
    const page = await mountInApp(SearchResults, { words: 'MUNTAH' })
    await pause()
    const result = page.get('[data-testid="search-result"]')
    expect(result.get('mark').text()).toBe('muntah')
    expect(result.text()).toContain('other')
    expect(result.attributes('href')).toBe(`/chat/${ROOM}?seq=7`)
  })

  it('say so when nothing was found, and when nobody could say', async () => {
    server.searchMessages.mockResolvedValueOnce({ items: [], nextCursor: null })
    const page = await mountInApp(SearchResults, { words: 'zzz' })
    await pause()
    expect(page.text()).toContain('Tidak ada pesan dengan “zzz”')
    server.searchMessages.mockRejectedValueOnce(new Problem(503, 'busy', 'busy'))
    await page.setProps({ words: 'muntah' })
    await pause()
    expect(page.get('[role="alert"]').text()).toContain('Pencarian gagal')
    await page.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(page.find('[data-testid="search-result"]').exists()).toBe(true)
  })

  it('look on through pages without results until there is one, or no more', async () => {
    server.searchMessages.mockResolvedValueOnce({ items: [], nextCursor: 'further' })
    const page = await mountInApp(SearchResults, { words: 'muntah' })
    await pause()
    expect(server.searchMessages.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, 'further'])
    expect(page.findAll('[data-testid="search-result"]')).toHaveLength(1)
  })

  it('never show the answer to words that were changed since', async () => {
    let answerFirst: (page: Awaited<ReturnType<typeof api.searchMessages>>) => void = () => undefined
    server.searchMessages.mockImplementationOnce(() => new Promise((resolve) => (answerFirst = resolve)))
    const page = await mountInApp(SearchResults, { words: 'lama' })
    await pause()
    await page.setProps({ words: 'muntah' })
    await pause()
    answerFirst({ items: [found(1, 'lama sekali')], nextCursor: null })
    await flushPromises()
    expect(
      page
        .findAll('[data-testid="search-result"]')
        .map((result) => result.text())
        .join(),
    ).not.toContain('lama sekali')
    expect(page.findAll('[data-testid="search-result"]')).toHaveLength(1)
  })
})
