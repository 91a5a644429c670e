// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fetchConsultation } from '@/features/consultations/api'
import { consultation } from '@/features/consultations/testing'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import { record } from '../testing'
import SummaryPage from './SummaryPage.vue'

const news = vi.hoisted(() => new Map<string, Set<(payload: unknown) => void>>())
vi.mock('@/shared/realtime', () => ({
  realtime: {
    onEvent: (name: string, listener: (payload: unknown) => void) => {
      news.set(name, (news.get(name) ?? new Set()).add(listener))
      return () => news.get(name)?.delete(listener)
    },
    onConnected: () => () => undefined,
  },
}))
vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'owner', roles: 'user', username: 'Rara', email: '', phone_number: '', picture: null }),
}))
vi.mock('@/features/consultations/api')
vi.mock('../api')
const server = vi.mocked(api)

describe('the owner’s page of a summary', () => {
  let page: VueWrapper

  async function open(): Promise<void> {
    page = await mountInApp(SummaryPage, { id: 'c1' }, '/konsultasi/c1/ringkasan')
    await flushPromises()
  }

  beforeEach(() => {
    vi.mocked(fetchConsultation)
      .mockReset()
      .mockResolvedValue(consultation({ status: 'ended', recordStatus: 'finished' }))
    server.fetchRecord.mockReset().mockResolvedValue(record())
    server.fetchRecordPdf.mockReset()
  })
  afterEach(() => page.unmount())

  it('says for whom, by whom and what to do, and how to prove it', async () => {
    await open()
    for (const words of ['Miko & drh. Nadia', 'Gusi merah muda', 'SIP-3171-0042', 'Ke klinik bila muntah darah'])
      expect(page.text()).toContain(words)
    expect(page.findAll('.step')).toHaveLength(2)
    expect(page.text()).not.toContain('Resep')
    expect(page.find('a[href="/verifikasi/R7QK-31XW"]').exists()).toBe(true)
    expect(page.find('a[href="/konsultasi/c1/ulasan"]').exists()).toBe(true)
  })

  it('appears by itself once it is finished', async () => {
    server.fetchRecord.mockResolvedValueOnce(null)
    await open()
    expect(page.text()).toContain('drh. Nadia masih menulisnya')
    for (const tell of news.get('recordFinished') ?? []) tell({ consultationId: 'c1' })
    await vi.waitFor(() => expect(page.text()).toContain('Gusi merah muda'))
  })

  it('says why a PDF did not come, and can be asked again', async () => {
    server.fetchRecordPdf.mockRejectedValue(new NetworkFailure())
    await open()
    await page
      .findAll('button')
      .find((button) => button.text() === 'Unduh PDF')
      ?.trigger('click')
    await flushPromises()
    expect(page.get('[role="alert"]').text()).toContain('PDF gagal diunduh')
  })

  it('can be asked for again when it did not load', async () => {
    server.fetchRecord.mockRejectedValueOnce(new NetworkFailure())
    await open()
    await page.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('Gusi merah muda')
  })
})
