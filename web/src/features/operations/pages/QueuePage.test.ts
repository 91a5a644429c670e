// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import QueuePage from './QueuePage.vue'

const payments = vi.hoisted(() => ({ fetchRefunds: vi.fn(), fetchGatewayReports: vi.fn() }))
const licensing = vi.hoisted(() => ({ fetchDoctors: vi.fn() }))
const operations = vi.hoisted(() => ({ fetchDeadJobs: vi.fn() }))
vi.mock('@/features/payments/admin-api', () => payments)
vi.mock('@/features/licensing/admin-api', () => licensing)
vi.mock('../api', () => operations)

describe("the staff's queue", () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    payments.fetchRefunds.mockReset().mockResolvedValue({ items: [1, 2], nextCursor: 'there' })
    payments.fetchGatewayReports.mockReset().mockResolvedValue([1])
    licensing.fetchDoctors.mockReset().mockResolvedValue({ items: [], nextCursor: null })
    operations.fetchDeadJobs.mockReset().mockRejectedValue(new NetworkFailure())
  })

  it('leads to every list and says how many are in it, as far as that is known', async () => {
    const page = await mountInApp(QueuePage)
    await flushPromises()
    expect(payments.fetchRefunds).toHaveBeenCalledWith(['manual', 'failed'])
    expect(licensing.fetchDoctors).toHaveBeenCalledWith({ pending: true })
    const said = (to: string) => page.get(`a[href="${to}"] .tag`).text()
    expect(said('/admin/dana-kembali')).toBe('2+ menunggu')
    expect(said('/admin/dokter')).toBe('Kosong')
    expect(said('/admin/pekerjaan')).toBe('Belum terhitung')
    expect(said('/admin/laporan-gateway')).toBe('1 tercatat')
  })
})
