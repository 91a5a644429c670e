// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import DeadJobsPage from './DeadJobsPage.vue'

const calls = vi.hoisted(() => ({ fetchDeadJobs: vi.fn(), retryJob: vi.fn() }))
vi.mock('../api', () => calls)

const job = {
  id: 'j1',
  kind: 'payments.refund',
  payload: '{"refund":"r1"}',
  lastError: 'no answer',
  createdAt: '2026-11-20T08:00:00.000Z',
  deadAt: '2026-11-22T08:00:00.000Z',
}

async function shown() {
  const page = await mountInApp(DeadJobsPage)
  await flushPromises()
  return page
}

describe('work that was given up', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    calls.fetchDeadJobs.mockReset().mockResolvedValue([job, { ...job, id: 'j2', kind: 'newer.than.this' }])
    calls.retryJob.mockReset().mockResolvedValue({ status: 'ok' })
  })

  it('says what it is for and why it failed; what is new is called by its name', async () => {
    const page = await shown()
    expect(page.findAll('h2').map((heading) => heading.text())).toEqual(['Mengembalikan dana', 'newer.than.this'])
    for (const words of ['no answer', '{"refund":"r1"}', 'payments.refund']) expect(page.text()).toContain(words)
  })

  it('is tried again and leaves the list', async () => {
    const page = await shown()
    await page.get('[aria-label="Coba lagi: Mengembalikan dana"]').trigger('click')
    await flushPromises()
    expect(calls.retryJob).toHaveBeenCalledWith('j1')
    expect(page.get('[data-testid=outcome]').text()).toContain('“Mengembalikan dana” dicoba lagi')
    expect(page.findAll('article')).toHaveLength(1)
  })

  it('says when somebody was faster, and when nobody answered', async () => {
    calls.retryJob
      .mockRejectedValueOnce(new NetworkFailure())
      .mockRejectedValueOnce(new Problem(404, 'job_not_found', ''))
    const page = await shown()
    const again = () => page.get('[aria-label="Coba lagi: Mengembalikan dana"]').trigger('click').then(flushPromises)
    await again()
    expect(page.get('[role=alert]').text()).toContain('Tidak ada sinyal')
    await again()
    expect(page.get('[data-testid=outcome]').text()).toContain('orang lain lebih cepat')
    expect(page.findAll('article')).toHaveLength(1)
  })

  it('is none, or did not load', async () => {
    calls.fetchDeadJobs.mockResolvedValueOnce([])
    expect((await shown()).text()).toContain('Tidak ada pekerjaan yang berhenti')
    calls.fetchDeadJobs.mockRejectedValueOnce(new NetworkFailure())
    expect((await shown()).get('[role=alert]').text()).toContain('gagal dimuat')
  })
})
