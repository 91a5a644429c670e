// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import GatewayReportsPage from './GatewayReportsPage.vue'

const calls = vi.hoisted(() => ({ fetchGatewayReports: vi.fn() }))
vi.mock('../admin-api', () => calls)

const report = {
  orderId: 'HP-0042',
  transactionId: 't-1',
  result: 'amount_mismatch',
  receivedAt: '2026-11-22T08:00:00.000Z',
  body: '{"transaction_status":"settlement","gross_amount":"50000.00","currency":"IDR"}',
}

async function shown() {
  const page = await mountInApp(GatewayReportsPage)
  await flushPromises()
  return page
}

describe('the reports of the gateway', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    calls.fetchGatewayReports.mockReset().mockResolvedValue([report])
  })

  it('say what came, when, and why it could not be used', async () => {
    const text = (await shown()).text()
    for (const words of ['Jumlahnya tidak cocok', 'HP-0042', 't-1', 'settlement', '50000.00 IDR', '22 Nov'])
      expect(text).toContain(words)
  })

  it('that we have no words for are shown as well', async () => {
    calls.fetchGatewayReports.mockResolvedValue([{ ...report, result: null, body: 'cut' }])
    const page = await shown()
    expect(page.get('h2').text()).toBe('Tidak bisa dipakai')
    expect(page.get('pre').text()).toBe('cut')
  })

  it('are none, or did not load', async () => {
    calls.fetchGatewayReports.mockResolvedValueOnce([])
    expect((await shown()).text()).toContain('Tidak ada laporan yang janggal')
    calls.fetchGatewayReports.mockRejectedValueOnce(new NetworkFailure())
    const page = await shown()
    expect(page.get('[role=alert]').text()).toContain('Laporan gateway gagal dimuat')
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('HP-0042')
  })
})
