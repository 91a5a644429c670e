// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import { availability, slot, slots } from '../testing'
import AvailabilityPage from './AvailabilityPage.vue'

vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'd1', roles: 'dokter', username: 'drh. Nadia', email: '', phone_number: '', picture: null }),
}))
vi.mock('@/shared/forms/useLeaveGuard', () => ({
  useLeaveGuard: () => ({ isAsking: ref(false), leave: () => undefined }),
}))
vi.mock('../api')
const server = vi.mocked(api)

describe('the page of a vet’s hours', () => {
  let page: VueWrapper

  async function open(): Promise<void> {
    page = await mountInApp(AvailabilityPage, {}, '/dokter/jadwal')
    await flushPromises()
  }
  const press = async (name: string) => {
    await page
      .findAll('button')
      .find((button) => (button.attributes('aria-label') ?? button.text()) === name)
      ?.trigger('click')
    await flushPromises()
  }

  beforeEach(() => {
    server.fetchAvailability
      .mockReset()
      .mockResolvedValue(availability({ week: [{ weekday: 1, from: '09:00', to: '12:00' }] }))
    server.saveAvailability.mockReset().mockImplementation((given) => Promise.resolve(given))
    server.fetchSlots.mockReset().mockResolvedValue(slots({ '2026-11-24': [] }))
  })
  afterEach(() => page.unmount())

  it('shows the week, and offers to save only what was changed', async () => {
    await open()
    expect(page.findAll('[data-weekday]')).toHaveLength(7)
    expect(page.text()).toContain('6 slot seminggu')
    expect(page.text()).not.toContain('Belum disimpan')
    await press('Tambah jam di hari Selasa')
    expect(page.text()).toContain('12 slot seminggu')
    expect(page.text()).toContain('Belum disimpan')
    server.fetchSlots.mockClear()
    await press('Simpan')
    expect(server.saveAvailability.mock.calls[0]?.[0].week).toEqual([
      { weekday: 1, from: '09:00', to: '12:00' },
      { weekday: 2, from: '09:00', to: '12:00' },
    ])
    expect(server.fetchSlots).toHaveBeenCalledTimes(1)
    expect(page.text()).not.toContain('Belum disimpan')
  })

  it('leads from the summary to the field that was refused', async () => {
    server.saveAvailability.mockRejectedValue(
      new Problem(422, 'invalid', '', [{ field: 'week[1]', code: 'overlaps', message: 'Jam ini bertumpuk.' }]),
    )
    await open()
    await press('Tambah jam di hari Senin')
    await press('Simpan')
    expect(page.get('[role="alert"]').text()).toContain('Ada 1 yang perlu diperbaiki')
    await page.get('[role="alert"] a').trigger('click')
    const second = page.findAll('[data-weekday="1"] input')[2]
    expect(document.activeElement).toBe(second?.element)
    expect(second?.attributes('aria-invalid')).toBe('true')
    await second?.setValue('14:00')
    expect(page.text()).not.toContain('Jam ini bertumpuk.')
  })

  it('copies a day to the other working days', async () => {
    await open()
    await press('Salin jam Senin ke hari lain')
    const copy = [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')].find(
      (button) => button.textContent?.trim() === 'Salin',
    )
    copy?.click()
    await flushPromises()
    expect(page.text()).toContain('30 slot seminggu')
  })

  it('takes days that are off or have other hours', async () => {
    await open()
    await press('Tambah hari khusus')
    await page.get('input[type="date"]').setValue('2026-12-25')
    await press('Simpan')
    expect(server.saveAvailability.mock.calls[0]?.[0].exceptions).toEqual([{ date: '2026-12-25' }])
    await page.findAll('input[type="radio"]').at(-1)?.setValue()
    await press('Simpan')
    expect(server.saveAvailability.mock.calls[1]?.[0].exceptions).toEqual([
      { date: '2026-12-25', from: '09:00', to: '12:00' },
    ])
  })

  it('shows the coming slots of what is saved', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T01:00:00.000Z') })
    server.fetchSlots.mockResolvedValue(
      slots({ '2026-11-24': [slot('2026-11-24T02:00:00.000Z'), slot('2026-11-24T03:00:00.000Z', false)] }),
    )
    await open()
    vi.useRealTimers()
    expect(page.text()).toContain('Selasa, 24 November')
    expect(page.text()).toContain('1 dari 2 kosong')
  })

  it('says when the hours did not come', async () => {
    server.fetchAvailability.mockRejectedValueOnce(new NetworkFailure())
    await open()
    expect(page.get('[role="alert"]').text()).toContain('Jadwal praktikmu gagal dimuat')
    await page.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(page.findAll('[data-weekday]')).toHaveLength(7)
  })
})
