// @vitest-environment happy-dom
import { defineQueryOptions, useQuery } from '@pinia/colada'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inApp } from '@/testing/in-app'
import { followAnswers, keeper, keptAnswer } from './kept-answers'
import { NetworkFailure, Problem } from './problem'
import { pagesQuery, usePages } from './usePages'

const ME = 'u1'
const fetchPet = vi.fn<(id: string) => Promise<string>>()
const petQuery = defineQueryOptions((id: string) => ({
  key: ['kept', id],
  query: () => fetchPet(id),
  ...keptAnswer<string>(['kept', id]),
}))
const otherQuery = defineQueryOptions({ key: ['other'], query: () => Promise.resolve('not kept') })

/** One visit: what is kept is shown, and what is answered is kept. */
async function visit(id = 'miko', accountId = ME) {
  const { made, unmount } = await inApp(() => {
    const stop = followAnswers(accountId)
    return { pet: useQuery(() => petQuery(id)), other: useQuery(otherQuery), stop }
  })
  await flushPromises()
  await vi.advanceTimersByTimeAsync(500)
  return {
    pet: made.pet.data.value,
    failure: made.pet.error.value,
    other: made.other.data.value,
    leave: () => (made.stop(), unmount()),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  fetchPet.mockReset().mockImplementation((id) => Promise.resolve(`${id}, as it is`))
})
afterEach(() => vi.useRealTimers())

describe('answers that are kept', () => {
  it('are shown when nobody answers, and to nobody else', async () => {
    ;(await visit()).leave()
    fetchPet.mockRejectedValue(new NetworkFailure())
    expect(await visit()).toMatchObject({ pet: 'miko, as it is', failure: expect.any(NetworkFailure) })
    expect((await visit('miko', 'u2')).pet).toBeUndefined()
  })

  it('are shown as lists too', async () => {
    const list = pagesQuery(
      ['kept', 'all'],
      () => fetchPet('all').then((name) => ({ items: [name], nextCursor: null })),
      { isKept: true },
    )
    const read = async () => {
      const { made, unmount } = await inApp(() => ({ stop: followAnswers(ME), list: usePages(() => list) }))
      await flushPromises()
      await vi.advanceTimersByTimeAsync(500)
      made.stop()
      const found = made.list.items.value
      unmount()
      return found
    }
    expect(await read()).toEqual(['all, as it is'])
    fetchPet.mockRejectedValue(new NetworkFailure())
    expect(await read()).toEqual(['all, as it is'])
  })

  it('give way to what the server says now', async () => {
    ;(await visit()).leave()
    fetchPet.mockResolvedValue('miko, older')
    expect((await visit()).pet).toBe('miko, older')
    expect(fetchPet).toHaveBeenCalledTimes(2)
  })

  it('are only those that a feature named', async () => {
    ;(await visit()).leave()
    expect(localStorage.getItem(`hellopet.answers.${ME}`)).not.toContain('not kept')
  })

  it('go when they are not ours any more, at sign-out, and with their age', async () => {
    ;(await visit()).leave()
    ;(await visit('pus')).leave()
    fetchPet.mockRejectedValue(new Problem(404, 'not_found', ''))
    ;(await visit()).leave()
    fetchPet.mockRejectedValue(new NetworkFailure())
    expect((await visit()).pet).toBeUndefined()
    expect((await visit('pus')).pet).toBe('pus, as it is')
    void keeper.forgetBefore(Date.now() + 60_000)
    expect(localStorage.getItem(`hellopet.answers.${ME}`)).toBeNull()
  })

  it('do not grow without end: the latest stay', async () => {
    const long = (name: string) => name.repeat(60_000)
    for (const name of ['abc', 'def', 'ghi', 'jkl']) {
      fetchPet.mockResolvedValue(long(name))
      ;(await visit(name)).leave()
    }
    fetchPet.mockRejectedValue(new NetworkFailure())
    expect((await visit('abc')).pet).toBeUndefined()
    expect((await visit('jkl')).pet).toBe(long('jkl'))
  })
})
