// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { NetworkFailure } from '@/shared/api/problem'
import type { Slots } from '@/shared/api/types'
import { addDays } from '@/shared/formats/moments'
import { inApp } from '@/testing/in-app'
import * as api from '../api'
import { slot, slots } from '../testing'
import { useSlots, type SlotsInSight } from './useSlots'

vi.mock('../api')
const server = vi.mocked(api)
const NOW = Date.parse('2026-11-24T01:00:00.000Z')

/** A doctor who is free at 09.00 in Jakarta on every day. */
function answer(from: string | undefined, count: number): Slots {
  const first = from ?? '2026-11-24'
  return slots(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => addDays(first, index)).map((date) => [
        date,
        [slot(`${date}T02:00:00.000Z`)],
      ]),
    ),
  )
}

describe('slots in sight', () => {
  const id = ref('d1')
  let found: SlotsInSight
  let leave: () => void

  const begin = async () => {
    const { made, unmount } = await inApp(() => useSlots(id))
    found = made
    leave = unmount
    await flushPromises()
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    id.value = 'd1'
    server.fetchSlots.mockReset().mockImplementation((_id, days, from) => Promise.resolve(answer(from, days)))
  })
  afterEach(() => {
    leave()
    vi.useRealTimers()
  })

  it('begin with the first days, and go on where they end', async () => {
    await begin()
    expect(found.days.value).toHaveLength(8)
    await found.loadMore()
    expect(server.fetchSlots.mock.calls).toEqual([
      ['d1', 8, undefined],
      ['d1', 8, '2026-12-02'],
    ])
    expect(found.days.value.map(({ key }) => key).at(-1)).toBe('2026-12-09')
  })

  it('are asked anew for all that is in sight', async () => {
    await begin()
    await found.loadMore()
    server.fetchSlots.mockClear()
    await found.load()
    expect(server.fetchSlots.mock.calls).toEqual([['d1', 16, undefined]])
    expect(found.days.value).toHaveLength(16)
  })

  it('reach a slot that is weeks away, a month at a time', async () => {
    await begin()
    await found.reach('2027-01-10T02:00:00.000Z')
    expect(server.fetchSlots.mock.calls.slice(1).map(([, days]) => days)).toEqual([31, 10])
    expect(found.days.value.some(({ key }) => key === '2027-01-10')).toBe(true)
  })

  it('stay when more of them cannot be had', async () => {
    await begin()
    server.fetchSlots.mockRejectedValueOnce(new NetworkFailure())
    await found.loadMore()
    expect(found.moreFailed.value).toBe(true)
    expect(found.days.value).toHaveLength(8)
    await found.loadMore()
    expect(found.moreFailed.value).toBe(false)
  })

  it('of another doctor take the place of these', async () => {
    await begin()
    id.value = 'd2'
    await flushPromises()
    expect(server.fetchSlots).toHaveBeenLastCalledWith('d2', 8, undefined)
    server.fetchSlots.mockRejectedValueOnce(new NetworkFailure())
    id.value = 'd3'
    await flushPromises()
    expect(found.slots.value).toBeNull()
    expect(found.failure.value).toBeInstanceOf(NetworkFailure)
  })
})
