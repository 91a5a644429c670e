// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { fetchConsultation } from '@/features/consultations/api'
import { consultation } from '@/features/consultations/testing'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import { record } from '../testing'
import RecordPage from './RecordPage.vue'

vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({
      id: 'doctor',
      roles: 'dokter',
      username: 'drh. Nadia',
      email: '',
      phone_number: '',
      picture: null,
    }),
}))
vi.mock('@/features/consultations/api')
vi.mock('@/shared/forms/useLeaveGuard', () => ({
  useLeaveGuard: () => ({ isAsking: ref(false), leave: () => undefined }),
}))
vi.mock('../api')
const server = vi.mocked(api)
const asked = vi.mocked(fetchConsultation)

const draft = (fields = {}) =>
  record({ status: 'draft', code: null, finishedAt: null, editableUntil: null, revision: 0, ...fields })

describe('the page of a summary', () => {
  let page: VueWrapper

  async function open(): Promise<void> {
    page = await mountInApp(RecordPage, { id: 'c1' }, '/konsultasi/c1/catatan')
    await flushPromises()
  }
  const write = async (section: string, text: string) => {
    await page.get(`#${section}`).setValue(text)
  }
  const pause = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds)
    await flushPromises()
  }
  const submit = async () => {
    await page.get('form').trigger('submit')
    await flushPromises()
  }
  const dialog = () => document.querySelector('[role="dialog"]')
  const press = async (words: string) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')].find(
      (one) => one.textContent?.trim() === words,
    )
    found?.click()
    await flushPromises()
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.parse('2026-11-24T03:00:00.000Z') })
    asked.mockReset().mockResolvedValue(consultation({ status: 'ended' }))
    server.fetchRecord.mockReset().mockResolvedValue(null)
    server.saveRecord.mockReset().mockImplementation((_, sections) => Promise.resolve(draft(sections)))
    server.finishRecord.mockReset()
  })
  afterEach(() => {
    page.unmount()
    vi.useRealTimers()
  })

  it('saves by itself what is typed, and says so', async () => {
    await open()
    await write('complaint', 'Muntah tiga kali.')
    expect(page.get('[data-testid="save-state"]').text()).toBe('Belum tersimpan')
    await pause(1_200)
    expect(server.saveRecord.mock.calls[0]?.[1]).toMatchObject({ complaint: 'Muntah tiga kali.', findings: '' })
    expect(page.get('[data-testid="save-state"]').text()).toContain('Tersimpan')
  })

  it('says why nothing was saved, and keeps the words', async () => {
    server.saveRecord.mockRejectedValueOnce(new NetworkFailure())
    await open()
    await write('findings', 'Gusi merah muda.')
    await pause(1_200)
    expect(page.get('[data-testid="save-state"]').attributes('role')).toBe('alert')
    expect(page.get('[data-testid="save-state"]').text()).toContain('Tidak ada sinyal')
    await pause(8_000)
    expect(page.get('[data-testid="save-state"]').text()).toContain('Tersimpan')
    expect(page.get<HTMLTextAreaElement>('#findings').element.value).toBe('Gusi merah muda.')
  })

  it('does not claim that what is too long is saved', async () => {
    await open()
    await write('advice', 'x'.repeat(4_001))
    await pause(60_000)
    expect(server.saveRecord).not.toHaveBeenCalled()
    expect(page.get('[data-testid="save-state"]').text()).toBe('Belum tersimpan')
    expect(page.text()).toContain('Paling banyak 4000 karakter')
  })

  it('leads to what is missing instead of finishing', async () => {
    await open()
    await write('complaint', 'Muntah tiga kali.')
    await submit()
    expect(dialog()).toBeNull()
    expect(page.get('.summary').text()).toContain('Ada 3 yang perlu diperbaiki')
    expect(page.get('#advice').attributes('aria-invalid')).toBe('true')
  })

  it('says before it finishes that the talk ends and what is released, and sends the last words first', async () => {
    asked.mockResolvedValue(consultation({ status: 'active' }))
    server.fetchRecord.mockResolvedValue(draft())
    await open()
    await write('nextStep', 'Kontrol tiga hari lagi.')
    await submit()
    expect(dialog()?.textContent).toContain('masih berjalan dan ikut diakhiri')
    expect(dialog()?.textContent).toContain('Rp45.000')
    server.finishRecord.mockResolvedValue(record({ nextStep: 'Kontrol tiga hari lagi.' }))
    server.fetchRecord.mockResolvedValue(record({ nextStep: 'Kontrol tiga hari lagi.' }))
    await press('Ya, selesaikan')
    expect(server.saveRecord.mock.calls[0]?.[1]).toMatchObject({ nextStep: 'Kontrol tiga hari lagi.' })
    expect(page.get('[data-testid="finished-note"]').text()).toContain('Sekarang revisi 1')
  })

  it('shows at their places what the server refused', async () => {
    server.fetchRecord.mockResolvedValue(draft())
    server.finishRecord.mockRejectedValue(
      new Problem(400, 'invalid', '', [{ field: 'advice', code: 'required', message: 'Saran belum diisi.' }]),
    )
    await open()
    await submit()
    await press('Ya, selesaikan')
    expect(page.text()).toContain('Saran belum diisi.')
    expect(page.find('[data-testid="finished-note"]').exists()).toBe(false)
  })

  it('makes a new revision of a finished one only when asked', async () => {
    server.fetchRecord.mockResolvedValue(record())
    server.saveRecord.mockImplementation((_, sections) => Promise.resolve(record({ ...sections, revision: 2 })))
    await open()
    await write('advice', 'Beri air.')
    await pause(60_000)
    expect(server.saveRecord).not.toHaveBeenCalled()
    await submit()
    expect(server.saveRecord).toHaveBeenCalledTimes(1)
    expect(page.text()).toContain('Sekarang revisi 2')
  })

  it('can only be read once its time is over', async () => {
    server.fetchRecord.mockResolvedValue(record({ editableUntil: '2026-11-24T02:59:00.000Z' }))
    await open()
    expect(page.find('textarea').exists()).toBe(false)
    expect(page.text()).toContain('Waktu untuk memperbaiki ringkasan ini sudah lewat')
    expect(page.text()).toContain('Gusi merah muda')
  })

  it('has nothing to write before the talk', async () => {
    asked.mockResolvedValue(consultation({ status: 'scheduled' }))
    await open()
    expect(page.text()).toContain('Belum ada yang diringkas')
  })
})
