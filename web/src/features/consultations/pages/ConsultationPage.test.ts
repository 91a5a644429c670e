// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fetchPayment } from '@/features/payments/api'
import { Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import { booked, consultation, payment } from '../testing'
import ConsultationPage from './ConsultationPage.vue'

const me = vi.hoisted(() => ({ id: 'owner', roles: 'user' }))
vi.mock('@/features/accounts/api', () => ({
  fetchMe: () => Promise.resolve({ ...me, username: 'Rara', email: '', phone_number: '', picture: null }),
}))
vi.mock('@/features/payments/api')
vi.mock('../api')
const server = vi.mocked(api)
const asked = vi.mocked(fetchPayment)

const NOW = Date.parse('2026-11-24T01:00:00.000Z')

describe('the page of a consultation', () => {
  let page: VueWrapper

  async function open(): Promise<void> {
    page = await mountInApp(ConsultationPage, { id: 'c1' }, '/konsultasi/c1')
    await flushPromises()
  }
  const button = (words: string) => page.findAll('button').find((one) => one.text() === words)
  const dialog = () => document.querySelector('[role="dialog"]')
  const press = async (words: string) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')].find(
      (one) => one.textContent?.trim() === words,
    )
    found?.click()
    await flushPromises()
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    Object.assign(me, { id: 'owner', roles: 'user' })
    server.fetchConsultation.mockReset().mockResolvedValue(booked())
    server.cancelConsultation.mockReset()
    asked.mockReset().mockResolvedValue(payment())
  })
  afterEach(() => {
    page.unmount()
    vi.useRealTimers()
  })

  it('says when a booked one is, with whom, for how much, and how long that is', async () => {
    await open()
    expect(page.text()).toContain('Selasa, 24 November')
    expect(page.text()).toContain('16.30–17.00 WIB')
    expect(page.text()).toContain('drh. Nadia')
    expect(page.text()).toContain('Rp50.625')
    expect(page.get('[role="timer"]').text()).toBe('8 jam 30 menit')
    expect(page.text()).toContain('Batal gratis sampai hari ini 10.30 WIB')
    expect(button('Pindah jadwal')).toBeDefined()
  })

  it('shows what goes back before anything is called off, as the server says it at that moment', async () => {
    await open()
    server.fetchConsultation.mockResolvedValue(
      booked({ cancellation: { ...booked().cancellation, refundNow: 25_313 } }),
    )
    await button('Batalkan')?.trigger('click')
    await flushPromises()
    expect(dialog()?.textContent).toContain('Rp25.313')
    expect(dialog()?.textContent).toContain('50% dari Rp50.625')
    expect(server.cancelConsultation).not.toHaveBeenCalled()
    server.cancelConsultation.mockResolvedValue(booked({ status: 'cancelled' }))
    asked.mockResolvedValue(payment({ owedBackAmount: 50_625 }))
    await press('Ya, batalkan')
    expect(page.text()).toContain('Dibatalkan')
    expect(page.text()).toContain('Rp50.625 sedang dikembalikan')
  })

  it('cannot be moved once calling off costs something, and says so', async () => {
    vi.setSystemTime(Date.parse('2026-11-24T04:00:00.000Z'))
    await open()
    expect(button('Pindah jadwal')).toBeUndefined()
    expect(page.text()).toContain('Batas pindah jadwal lewat sejak hari ini 10.30 WIB')
    expect(button('Batalkan')).toBeDefined()
  })

  it('promises the owner everything back when the vet calls off', async () => {
    Object.assign(me, { id: 'doctor', roles: 'dokter' })
    await open()
    expect(page.text()).toContain('Rara')
    expect(button('Pindah jadwal')).toBeUndefined()
    await button('Batalkan')?.trigger('click')
    await flushPromises()
    expect(dialog()?.textContent).toContain('Rara mendapat kabar dan semua uangnya kembali')
    expect(dialog()?.textContent).toContain('Rp50.625')
    expect(asked).not.toHaveBeenCalled()
  })

  it('leads into the chat once it has begun', async () => {
    server.fetchConsultation.mockResolvedValue(booked({ status: 'active', conversationId: 'room' }))
    await open()
    expect(page.get('a[href="/chat/room"]').text()).toBe('Buka chat')
    expect(page.find('[role="timer"]').exists()).toBe(false)
  })

  it('says what came back of one that was called off', async () => {
    server.fetchConsultation.mockResolvedValue(booked({ status: 'cancelled' }))
    asked.mockResolvedValue(payment({ status: 'partially_refunded', refundedAmount: 25_313 }))
    await open()
    expect(page.text()).toContain('Rp25.313 sudah dikembalikan')
    expect(button('Batalkan')).toBeUndefined()
  })

  it('lets one that is not paid be paid or called off', async () => {
    server.fetchConsultation.mockResolvedValue(booked({ status: 'awaiting_payment' }))
    asked.mockResolvedValue(payment({ status: 'pending', expiresAt: '2026-11-24T01:40:00.000Z', settledAt: null }))
    await open()
    expect(page.text()).toContain('Bayar sebelum 08.40 WIB')
    expect(page.get('a[href="/bayar/t1"]').text()).toBe('Lanjut bayar')
    await button('Batalkan pesanan')?.trigger('click')
    await flushPromises()
    expect(dialog()?.textContent).toContain('Belum ada yang ditagih')
    expect(dialog()?.querySelector('[data-testid="refund"]')).toBeNull()
  })

  it('says when there is none, and when nobody could say', async () => {
    server.fetchConsultation.mockRejectedValueOnce(new Problem(404, 'not_found', ''))
    await open()
    expect(page.text()).toContain('Konsultasi ini tidak ditemukan')
    page.unmount()
    server.fetchConsultation
      .mockRejectedValueOnce(new Problem(503, 'unavailable', ''))
      .mockResolvedValue(consultation())
    await open()
    expect(page.get('[role="alert"]').text()).toContain('gagal dimuat')
    await page.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('Sedang berjalan')
  })
})
