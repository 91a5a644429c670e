// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import type { DoctorSearch } from '@/shared/api/types'
import { mountInApp } from '@/testing/mount'
import DirectoryPage from './DirectoryPage.vue'

vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve(null) }))
const calls = vi.hoisted(() => ({ searchDoctors: vi.fn() }))
vi.mock('../api', () => calls)

const doctor = {
  id: 'd1',
  username: 'drh. Nadia',
  picture: null,
  price: 45_000,
  workExperience: 8,
  rate: 4.9,
  reviewCount: 212,
  specialization: 'Kucing',
  online: true,
  nextAvailableAt: null,
}
const found = { items: [doctor], nextCursor: null, count: 1, isMore: false }
const nobody = { items: [], nextCursor: null, count: 0, isMore: false }

describe('the directory page', () => {
  let page: VueWrapper
  const address = () => page.vm.$route.fullPath

  async function open(at = '/dokter'): Promise<void> {
    page = await mountInApp(DirectoryPage, {}, at)
    await flushPromises()
  }

  beforeEach(() => {
    calls.searchDoctors.mockReset().mockResolvedValue(found)
  })
  afterEach(() => {
    page.unmount()
    vi.useRealTimers()
  })

  it('asks what the address asks', async () => {
    await open('/dokter?cari=nadia&hewan=cat&maks=50000&hariini=1&urut=price')
    expect(calls.searchDoctors).toHaveBeenCalledWith({
      q: 'nadia',
      species: 'cat',
      maxPrice: '50000',
      freeToday: 'true',
      sort: 'price',
      limit: '20',
    })
    expect(page.get('[role=status]').text()).toBe('1 dokter')
    expect(page.get('article').text()).toContain('drh. Nadia')
    expect(page.get<HTMLInputElement>('input[type=search]').element.value).toBe('nadia')
  })

  it('asks once for what is typed in one go, and keeps it in the address', async () => {
    await open('/dokter?x=1')
    vi.useFakeTimers()
    for (const words of ['n', 'na', 'nad ']) await page.get('input[type=search]').setValue(words)
    expect(calls.searchDoctors).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(300)
    expect(address()).toBe('/dokter?x=1&cari=nad')
    expect(calls.searchDoctors).toHaveBeenCalledTimes(2)
  })

  it('calls nobody back who goes to a doctor before the pause is over', async () => {
    await open()
    vi.useFakeTimers()
    await page.get('input[type=search]').setValue('nadia')
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => (arrive = resolve))
    page.vm.$router.beforeResolve(() => arrived)
    const going = page.vm.$router.push('/dokter/d1')
    await vi.advanceTimersByTimeAsync(300)
    arrive()
    await going
    expect(address()).toBe('/dokter/d1')
  })

  it('narrows down by a tap, and lets go of it by another', async () => {
    await open('/dokter?hewan=cat')
    await page.get('button[aria-pressed=false]').trigger('click')
    await flushPromises()
    expect(address()).toBe('/dokter?hewan=cat&online=1')
    await page.get('[aria-label="Lepas filter Kucing"]').trigger('click')
    await flushPromises()
    expect(address()).toBe('/dokter?online=1')
  })

  it('offers to let go of what is in the way most where nobody is found', async () => {
    const withoutOnline = { ...nobody, count: 3 }
    const withoutRating = { ...nobody, count: 1_000, isMore: true }
    calls.searchDoctors.mockImplementation(({ online, minRating }: DoctorSearch) =>
      Promise.resolve(!minRating ? withoutRating : !online ? withoutOnline : nobody),
    )
    await open('/dokter?rating=4.8&online=1')
    expect(page.text()).toContain('Tanpa filter 4,8 ke atas ada 1.000+ dokter.')
    await page
      .findAll('button')
      .find((button) => button.text() === 'Lepas filter 4,8 ke atas')
      ?.trigger('click')
    await flushPromises()
    expect(address()).toBe('/dokter?online=1')
  })

  it('keeps the filters in reach when the list did not load', async () => {
    calls.searchDoctors.mockRejectedValueOnce(new NetworkFailure())
    await open()
    expect(page.get('[role=alert]').text()).toContain('Daftar dokter gagal dimuat')
    expect(page.find('input[type=search]').exists()).toBe(true)
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.get('article').text()).toContain('drh. Nadia')
  })
})
