// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { NetworkFailure } from '@/shared/api/problem'
import { inApp } from '@/testing/in-app'
import { NOTHING } from '../filter'
import { useDirectory, useSpecialities } from './useDirectory'

const calls = vi.hoisted(() => ({ searchDoctors: vi.fn() }))
vi.mock('../api', () => calls)

const page = (ids: string[], nextCursor: string | null = null) => ({
  items: ids.map((id) => ({ id, specialization: `keahlian ${id}` })),
  nextCursor,
  count: 30,
  isMore: false,
})
const words = ref('')
let leave: () => void

async function open() {
  const { made, unmount } = await inApp(() => ({
    ...useDirectory(() => ({ ...NOTHING, words: words.value })),
    specialities: useSpecialities(),
  }))
  leave = unmount
  await flushPromises()
  return { ...made, ids: () => made.doctors.value?.map(({ id }) => id) }
}

async function search(asked: string): Promise<void> {
  words.value = asked
  await flushPromises()
}

describe('the directory', () => {
  beforeEach(() => {
    words.value = ''
    calls.searchDoctors.mockReset()
  })
  afterEach(() => {
    leave()
    vi.useRealTimers()
  })

  it('never takes the answer to an earlier question for one to the last', async () => {
    let answerFirst: (found: unknown) => void = () => {}
    calls.searchDoctors
      .mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)))
      .mockResolvedValueOnce(page(['nadia']))
    words.value = 'n'
    const { ids, isLoading } = await open()
    await search('na')
    answerFirst(page(['nina']))
    await flushPromises()
    expect([ids(), isLoading.value]).toEqual([['nadia'], false])
  })

  it('does not show what was found before as found now', async () => {
    calls.searchDoctors.mockResolvedValueOnce(page(['nadia'])).mockRejectedValueOnce(new NetworkFailure())
    const { found, failure } = await open()
    expect(found.value?.count).toBe(30)
    await search('si')
    expect(found.value).toBeNull()
    expect(failure.value).toBeInstanceOf(NetworkFailure)
  })

  it('goes on where the page ended, and keeps what is shown when that fails', async () => {
    calls.searchDoctors
      .mockResolvedValueOnce(page(['a'], 'there'))
      .mockRejectedValueOnce(new NetworkFailure())
      .mockResolvedValueOnce(page(['b']))
    const { more, ids, hasMore } = await open()
    await more.load()
    expect([more.failed, ids()]).toEqual([true, ['a']])
    await more.load()
    expect(calls.searchDoctors).toHaveBeenLastCalledWith(expect.objectContaining({ limit: '20', cursor: 'there' }))
    expect([ids(), hasMore.value]).toEqual([['a', 'b'], false])
  })

  it('leaves out a further page of a list that is no longer shown', async () => {
    let answerMore: (found: unknown) => void = () => {}
    calls.searchDoctors
      .mockResolvedValueOnce(page(['a'], 'there'))
      .mockReturnValueOnce(new Promise((resolve) => (answerMore = resolve)))
      .mockResolvedValueOnce(page(['c']))
    const { more, ids } = await open()
    const asked = more.load()
    await search('c')
    answerMore(page(['b']))
    await asked
    expect([ids(), more.isLoading]).toEqual([['c'], false])
  })

  it('is there at once for the same question again, and renews as many as are shown once they are old', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 60_000 })
    calls.searchDoctors.mockImplementation(({ cursor, q }: { cursor?: string; q?: string }) =>
      Promise.resolve(q ? page(['x']) : cursor ? page(['b']) : page(['a'], 'there')),
    )
    const { more, ids } = await open()
    await more.load()
    await search('x')
    calls.searchDoctors.mockClear()
    await search('')
    expect([ids(), calls.searchDoctors.mock.calls.length]).toEqual([['a', 'b'], 0])
    await search('x')
    vi.setSystemTime(120_000)
    words.value = ''
    expect(ids()).toEqual(['a', 'b'])
    await flushPromises()
    expect(calls.searchDoctors.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, 'there'])
    expect(ids()).toEqual(['a', 'b'])
  })

  it('remembers every speciality that was seen', async () => {
    calls.searchDoctors.mockResolvedValueOnce(page(['a'])).mockResolvedValueOnce(page(['b']))
    const { specialities } = await open()
    await search('b')
    expect([...specialities.value]).toEqual(['keahlian a', 'keahlian b'])
  })
})
