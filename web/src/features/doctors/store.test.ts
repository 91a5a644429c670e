import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { useDirectory } from './store'

const calls = vi.hoisted(() => ({ searchDoctors: vi.fn() }))
vi.mock('./api', () => calls)

const page = (ids: string[], nextCursor: string | null = null) => ({ items: ids.map((id) => ({ id, specialization: `keahlian ${id}` })), nextCursor, count: 30, isMore: false })
const ids = (directory: ReturnType<typeof useDirectory>) => directory.found?.doctors.map(({ id }) => id)

describe('the directory', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    calls.searchDoctors.mockReset()
  })
  afterEach(() => vi.useRealTimers())

  it('never takes the answer to an earlier question for one to the last', async () => {
    let answerFirst: (found: unknown) => void = () => {}
    calls.searchDoctors.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve))).mockResolvedValueOnce(page(['nadia']))
    const directory = useDirectory()
    const first = directory.search({ q: 'n' })
    await directory.search({ q: 'na' })
    answerFirst(page(['nina']))
    await first
    expect(ids(directory)).toEqual(['nadia'])
    expect(directory.isLoading).toBe(false)
  })

  it('does not show what was found before as found now', async () => {
    calls.searchDoctors.mockResolvedValueOnce(page(['nadia'])).mockRejectedValueOnce(new NetworkFailure())
    const directory = useDirectory()
    await directory.search({ q: 'na' })
    expect(directory.isAnswered).toBe(true)
    await directory.search({ q: 'si' })
    expect(directory.isAnswered).toBe(false)
    expect(directory.failure).toBeInstanceOf(NetworkFailure)
  })

  it('goes on where the page ended, and keeps what is shown when that fails', async () => {
    calls.searchDoctors.mockResolvedValueOnce(page(['a'], 'there')).mockRejectedValueOnce(new NetworkFailure()).mockResolvedValueOnce(page(['b']))
    const directory = useDirectory()
    await directory.search({})
    await directory.more.load()
    expect([directory.more.failed, ids(directory)]).toEqual([true, ['a']])
    await directory.more.load()
    expect(calls.searchDoctors).toHaveBeenLastCalledWith({ limit: '20', cursor: 'there' })
    expect(ids(directory)).toEqual(['a', 'b'])
    expect(directory.found?.nextCursor).toBeNull()
  })

  it('leaves out a further page of a list that is no longer shown', async () => {
    let answerMore: (found: unknown) => void = () => {}
    calls.searchDoctors.mockResolvedValueOnce(page(['a'], 'there')).mockReturnValueOnce(new Promise((resolve) => (answerMore = resolve))).mockResolvedValueOnce(page(['c']))
    const directory = useDirectory()
    await directory.search({})
    const more = directory.more.load()
    await directory.search({ q: 'c' })
    answerMore(page(['b']))
    await more
    expect(ids(directory)).toEqual(['c'])
    expect(directory.more.isLoading).toBe(false)
  })

  it('is there at once for the same question again, and renews as many as are shown once they are old', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    vi.setSystemTime(60_000)
    const many = Array.from({ length: 40 }, (_, index) => String(index))
    calls.searchDoctors.mockResolvedValueOnce(page(many.slice(0, 20), 'there')).mockResolvedValueOnce(page(many.slice(20), 'on'))
    const directory = useDirectory()
    await directory.search({ q: 'na' })
    await directory.more.load()
    await directory.search({ q: 'na' })
    expect(calls.searchDoctors).toHaveBeenCalledTimes(2)
    vi.setSystemTime(120_000)
    calls.searchDoctors.mockResolvedValueOnce(page(many, 'on'))
    const again = directory.search({ q: 'na' })
    expect(ids(directory)).toHaveLength(40)
    await again
    expect(calls.searchDoctors).toHaveBeenLastCalledWith({ q: 'na', limit: '40' })
  })

  it('remembers every speciality that was seen', async () => {
    calls.searchDoctors.mockResolvedValueOnce(page(['a'])).mockResolvedValueOnce(page(['b']))
    const directory = useDirectory()
    await directory.search({})
    await directory.search({ q: 'b' })
    expect([...directory.specialities]).toEqual(['keahlian a', 'keahlian b'])
  })
})
