// @vitest-environment happy-dom
import { defineQueryOptions, useQuery } from '@pinia/colada'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, type Ref } from 'vue'
import { inApp } from '@/testing/in-app'
import { mountInApp } from '@/testing/mount'
import { putFetched } from './cache'
import { followNews, followReconnects } from './news'
import { NetworkFailure, Problem } from './problem'

const news = vi.hoisted(() => new Map<string, () => void>())
vi.mock('@/shared/realtime', () => ({
  realtime: {
    onEvent: (name: string, tell: () => void) => news.set(name, tell),
    onConnected: (tell: () => void) => news.set('connected', tell),
  },
}))

const fetchPet = vi.fn<(id: string) => Promise<string>>()
const petQuery = defineQueryOptions((id: string) => ({ key: ['pets', id], query: () => fetchPet(id) }))
const usePet = (id: Readonly<Ref<string>> = ref('miko')) => useQuery(() => petQuery(id.value))

const Part = defineComponent({
  setup() {
    const { data, error } = usePet()
    return () => h('p', error.value ? 'failed' : (data.value ?? 'waits'))
  },
})

/** An answer that comes when the test says so. */
function late() {
  let answer: (pet: string) => void = () => undefined
  fetchPet.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  return (pet: string) => answer(pet)
}

beforeEach(() => {
  fetchPet.mockReset().mockImplementation((id) => Promise.resolve(`${id}, as it is`))
})
afterEach(() => vi.useRealTimers())

describe('what is fetched', () => {
  it('is asked for once by all who show it', async () => {
    const page = await mountInApp(() => [h(Part), h(Part)])
    await flushPromises()
    expect(page.findAll('p').map((part) => part.text())).toEqual(['miko, as it is', 'miko, as it is'])
    expect(fetchPet).toHaveBeenCalledTimes(1)
  })

  it('is about what is asked for now, however late the other answer comes', async () => {
    const [answerMiko, answerPus] = [late(), late()]
    const id = ref('miko')
    const { made } = await inApp(() => usePet(id))
    id.value = 'pus'
    await flushPromises()
    answerPus('pus')
    answerMiko('miko')
    await flushPromises()
    expect([made.data.value, made.isLoading.value]).toEqual(['pus', false])
  })

  it('gives way to no older answer, neither by a later call nor by what a step brought', async () => {
    const { made } = await inApp(() => usePet())
    await flushPromises()
    const answerOld = late()
    const old = made.refetch()
    await made.refetch()
    answerOld('older than that')
    await old
    expect(made.data.value).toBe('miko, as it is')
    const answerOlder = late()
    const older = made.refetch()
    putFetched(petQuery('miko').key, 'miko, changed')
    answerOlder('before the change')
    await older
    expect(made.data.value).toBe('miko, changed')
  })

  it('stays when it cannot be had anew, apart from why', async () => {
    const { made } = await inApp(() => usePet())
    await flushPromises()
    fetchPet.mockRejectedValueOnce(new NetworkFailure())
    await made.refetch()
    expect(made.error.value).toBeInstanceOf(NetworkFailure)
    expect(made.data.value).toBe('miko, as it is')
    await made.refetch()
    expect(made.error.value).toBeNull()
  })

  it('that failed for an earlier page is asked for on the next one as if for the first time', async () => {
    fetchPet.mockRejectedValueOnce(new NetworkFailure())
    const isShown = ref(true)
    const page = await mountInApp(() => (isShown.value ? h(Part) : null))
    await flushPromises()
    expect(page.text()).toBe('failed')
    isShown.value = false
    await nextTick()
    isShown.value = true
    await nextTick()
    expect(page.text()).toBe('waits')
    await flushPromises()
    expect(page.text()).toBe('miko, as it is')
  })

  it('is not shown any more once the server says that it is not there', async () => {
    const { made } = await inApp(() => usePet())
    await flushPromises()
    fetchPet.mockRejectedValueOnce(new Problem(404, 'pet_not_found', ''))
    await made.refetch()
    expect([made.data.value, made.error.value]).toEqual([undefined, expect.any(Problem)])
  })
})

describe('news', () => {
  beforeEach(() => vi.useFakeTimers())

  it('has what is shown asked for again, once for several of them', async () => {
    followNews(['pets'], ['consultationChanged', 'recordFinished'])
    const { made } = await inApp(() => usePet())
    await vi.advanceTimersByTimeAsync(0)
    fetchPet.mockResolvedValue('miko, since then')
    news.get('consultationChanged')?.()
    news.get('recordFinished')?.()
    await vi.advanceTimersByTimeAsync(100)
    expect(made.data.value).toBe('miko, since then')
    expect(fetchPet).toHaveBeenCalledTimes(2)
  })

  it('about something else changes nothing, and of what is shown nowhere nothing is asked', async () => {
    followNews(['payments'], ['conversationEnded'])
    followNews(['pets'], ['consultationChanged'])
    const first = await inApp(() => usePet())
    await vi.advanceTimersByTimeAsync(0)
    news.get('conversationEnded')?.()
    await vi.advanceTimersByTimeAsync(100)
    first.unmount()
    news.get('consultationChanged')?.()
    await vi.advanceTimersByTimeAsync(100)
    expect(fetchPet).toHaveBeenCalledTimes(1)
  })

  it('that may have been missed makes everything shown stale, once the connection is back', async () => {
    followReconnects()
    await inApp(() => usePet())
    await vi.advanceTimersByTimeAsync(0)
    news.get('connected')?.()
    await vi.advanceTimersByTimeAsync(100)
    expect(fetchPet).toHaveBeenCalledTimes(1)
    news.get('connected')?.()
    await vi.advanceTimersByTimeAsync(100)
    expect(fetchPet).toHaveBeenCalledTimes(2)
  })
})
