// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { DoctorSearch } from '@/shared/api/types'
import { NetworkFailure } from '@/shared/api/problem'
import { inApp } from '@/testing/in-app'
import { useOnlineNow } from './useOnlineNow'

vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve(null) }))
const calls = vi.hoisted(() => ({ searchDoctors: vi.fn() }))
vi.mock('@/features/doctors/api', () => calls)

const doctor = (id: string, price: number) => ({ id, price, online: true })
const page = (items: object[], count = items.length) => ({ items, count, isMore: false, nextCursor: null })

function answer(online: object[], onlineCount: number, cheapestOnline: object[]): void {
  calls.searchDoctors.mockImplementation(({ online: isOnline, sort }: DoctorSearch) =>
    Promise.resolve(
      !isOnline
        ? page([doctor('cheap', 20_000)], 12)
        : sort === 'price'
          ? page(cheapestOnline)
          : page(online, onlineCount),
    ),
  )
}

async function now() {
  const { made } = await inApp(() => useOnlineNow())
  await flushPromises()
  return made
}

describe('who is online now', () => {
  beforeEach(() => {
    calls.searchDoctors.mockReset()
  })

  it('is counted, with the lowest price of those who can answer', async () => {
    answer([doctor('a', 50_000)], 9, [doctor('b', 45_000)])
    const { doctors, count, summary } = await now()
    expect(doctors.value.map(({ id }) => id)).toEqual(['a'])
    expect([count.value, summary.value?.from, summary.value?.all.count]).toEqual([9, 45_000, 12])
  })

  it('has the lowest price of all when nobody is', async () => {
    answer([], 0, [])
    const { count, summary } = await now()
    expect([count.value, summary.value?.from]).toEqual([0, 20_000])
  })

  it('claims nothing when it cannot be known, and keeps what was known', async () => {
    calls.searchDoctors.mockRejectedValue(new NetworkFailure())
    const { count, summary, load } = await now()
    expect([summary.value, count.value]).toEqual([undefined, 0])
    answer([doctor('a', 50_000)], 1, [doctor('a', 50_000)])
    await load()
    calls.searchDoctors.mockRejectedValue(new NetworkFailure())
    await load()
    expect(count.value).toBe(1)
  })
})
