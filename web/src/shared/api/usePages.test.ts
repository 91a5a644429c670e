import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { usePages } from './usePages'

const fetchPage = vi.fn<(key: string, cursor?: string) => Promise<{ items: string[]; nextCursor: string | null }>>()

const page = (items: string[], nextCursor: string | null = null) => ({ items, nextCursor })
const settled = () => new Promise((resolve) => setTimeout(resolve))

/** An answer that comes when the test says so. */
function late() {
  let answer: (items: string[]) => void = () => undefined
  fetchPage.mockReturnValueOnce(new Promise((resolve) => (answer = (items) => resolve(page(items)))))
  return (items: string[]) => answer(items)
}

describe('a list that comes page by page', () => {
  beforeEach(() => fetchPage.mockReset())

  it('goes on where the last page ended', async () => {
    fetchPage.mockResolvedValueOnce(page(['b'], 'there')).mockResolvedValueOnce(page(['a']))
    const { items, hasMore, more } = usePages(ref('nadia'), fetchPage)
    await settled()
    await more.load()
    expect(fetchPage).toHaveBeenLastCalledWith('nadia', 'there')
    expect([items.value, hasMore.value]).toEqual([['b', 'a'], false])
  })

  it('is about what is asked for now', async () => {
    const answerOld = late()
    fetchPage.mockResolvedValueOnce(page(['new']))
    const key = ref('nadia')
    const { items } = usePages(key, fetchPage)
    key.value = 'hafizh'
    await settled()
    answerOld(['old'])
    await settled()
    expect(items.value).toEqual(['new'])
  })

  it('takes no further page of what was loaded anew meanwhile', async () => {
    fetchPage.mockResolvedValueOnce(page(['b'], 'there'))
    const { items, more, load } = usePages(ref('nadia'), fetchPage)
    await settled()
    const answerOld = late()
    const under = more.load()
    fetchPage.mockResolvedValueOnce(page(['c', 'b']))
    await load()
    answerOld(['a'])
    await under
    expect(items.value).toEqual(['c', 'b'])
  })

  it('changes an item in its place, or takes it out', async () => {
    fetchPage.mockResolvedValueOnce(page(['c', 'b', 'a']))
    const { items, put } = usePages(ref('nadia'), fetchPage)
    await settled()
    put((shown) => shown === 'b', 'B')
    put((shown) => shown === 'c', null)
    expect(items.value).toEqual(['B', 'a'])
  })

  it('keeps what is shown when more cannot be had, or not anew', async () => {
    fetchPage.mockResolvedValueOnce(page(['b'], 'there')).mockRejectedValueOnce('no answer').mockRejectedValueOnce('no answer')
    const { items, more, hasMore, failure, load } = usePages(ref('nadia'), fetchPage)
    await settled()
    await more.load()
    expect([more.failed, hasMore.value, items.value]).toEqual([true, true, ['b']])
    await load()
    expect([failure.value, items.value]).toEqual(['no answer', ['b']])
  })
})
