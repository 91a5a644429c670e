// @vitest-environment happy-dom
import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import { refund } from '../testing'
import RefundsPage from './RefundsPage.vue'

const calls = vi.hoisted(() => ({ fetchRefunds: vi.fn(), payRefundOut: vi.fn(), retryRefund: vi.fn() }))
vi.mock('../admin-api', () => calls)

const body = new DOMWrapper(document.body)
const overtaken = new Problem(409, 'refund_state_changed', '')

async function shown(address = '/admin/dana-kembali') {
  const page = await mountInApp(RefundsPage, {}, address)
  await flushPromises()
  return page
}

async function press(page: VueWrapper, label: string) {
  await page.get(`[aria-label="${label}"]`).trigger('click')
  await flushPromises()
}

async function sayHow(reference: string) {
  const form = body.get('#paid-out-form')
  if (reference) await form.get('input').setValue(reference)
  await form.trigger('submit')
  await flushPromises()
}

async function confirmRetry() {
  const button =
    body.findAll('button').find((one) => one.text() === 'Ya, coba lagi') ?? expect.unreachable('no such button')
  await button.trigger('click')
  await flushPromises()
}

const PAY_OUT = 'Catat Rp50.625 untuk Rara Anindita sudah ditransfer'
const RETRY = 'Rp50.625 untuk Rara Anindita: coba lewat gateway'

beforeEach(() => {
  document.body.innerHTML = ''
  vi.spyOn(console, 'warn').mockReturnValue()
  calls.fetchRefunds.mockReset().mockResolvedValue({ items: [refund()], nextCursor: null })
  calls.payRefundOut.mockReset().mockResolvedValue(refund({ status: 'paid_out' }))
  calls.retryRefund.mockReset().mockResolvedValue(refund({ status: 'requested' }))
})

describe('the list of refunds', () => {
  it('begins with those that need somebody, and says whose, how much and how to reach them', async () => {
    const page = await shown()
    expect(calls.fetchRefunds).toHaveBeenCalledWith(['manual', 'failed'], undefined)
    for (const words of ['Rara Anindita', 'Rp50.625', 'Perlu ditransfer', 'Transfer bank', 'HP-0042'])
      expect(page.text()).toContain(words)
    expect(page.get('a[href="tel:+6281234567890"]').text()).toBe('+6281234567890')
    expect(page.find('a[href="mailto:rara@contoh.id"]').exists()).toBe(true)
  })

  it('has a group in the address, and no steps for what needs nobody', async () => {
    calls.fetchRefunds.mockResolvedValue({
      items: [refund({ status: 'paid_out', note: 'BCA 0042', closedAt: '2026-11-23T08:00:00.000Z' })],
      nextCursor: null,
    })
    const page = await shown('/admin/dana-kembali?status=closed')
    expect(calls.fetchRefunds).toHaveBeenCalledWith(['confirmed', 'paid_out'], undefined)
    expect(page.text()).toContain('BCA 0042')
    expect(page.find(`[aria-label="${PAY_OUT}"]`).exists()).toBe(false)
  })

  it('says that nothing waits, or that it did not load', async () => {
    calls.fetchRefunds.mockResolvedValueOnce({ items: [], nextCursor: null })
    expect((await shown()).text()).toContain('Tidak ada yang perlu ditangani')
    calls.fetchRefunds.mockRejectedValueOnce(new NetworkFailure())
    expect((await shown()).get('[role=alert]').text()).toContain('Daftar dana kembali gagal dimuat')
  })

  it('calls a way to pay that is new as the gateway does', async () => {
    calls.fetchRefunds.mockResolvedValue({ items: [refund({ paymentType: 'kredivo' })], nextCursor: null })
    expect((await shown()).text()).toContain('Kredivo')
  })
})

describe('a refund that was transferred by hand', () => {
  it('is recorded with how, after it was said to whom and how much, and leaves the list', async () => {
    const page = await shown()
    await press(page, PAY_OUT)
    expect(body.text()).toContain('Rp50.625 sudah ditransfer ke Rara Anindita?')
    await sayHow('')
    expect(calls.payRefundOut).not.toHaveBeenCalled()
    await sayHow(' BCA 0042 ')
    expect(calls.payRefundOut).toHaveBeenCalledWith('r1', 'BCA 0042')
    expect(page.get('[data-testid=outcome]').text()).toBe('Rp50.625 untuk Rara Anindita tercatat sudah ditransfer.')
    expect(page.text()).toContain('Tidak ada yang perlu ditangani')
    expect(document.activeElement).toBe(page.get('[data-testid=outcome]').element)
  })

  it('of which part went back by another way says so', async () => {
    calls.payRefundOut.mockResolvedValue(refund({ status: 'paid_out', amount: 20_000 }))
    const page = await shown()
    await press(page, PAY_OUT)
    await sayHow('BCA 0042')
    expect(page.get('[data-testid=outcome]').text()).toContain('hanya Rp20.000, bukan Rp50.625')
  })

  it('keeps what was typed when nobody answered', async () => {
    calls.payRefundOut.mockRejectedValueOnce(new NetworkFailure())
    const page = await shown()
    await press(page, PAY_OUT)
    await sayHow('BCA 0042')
    expect(body.get('#paid-out-form [role=alert]').text()).toContain('Tidak ada sinyal')
    await sayHow('')
    expect(calls.payRefundOut).toHaveBeenLastCalledWith('r1', 'BCA 0042')
  })

  it('by somebody else meanwhile is looked at again', async () => {
    calls.payRefundOut.mockRejectedValue(overtaken)
    const page = await shown()
    await press(page, PAY_OUT)
    calls.fetchRefunds.mockResolvedValue({ items: [], nextCursor: null })
    await sayHow('BCA 0042')
    expect(page.get('[data-testid=outcome]').text()).toContain('baru saja ditangani orang lain')
    expect(body.find('#paid-out-form').exists()).toBe(false)
    expect(page.text()).toContain('Tidak ada yang perlu ditangani')
  })
})

describe('a refund that is tried again', () => {
  it('says to whom, how much and what will come of it, and leaves the list', async () => {
    const page = await shown()
    await press(page, RETRY)
    expect(body.text()).toContain('Kirim lagi Rp50.625 ke Rara Anindita lewat gateway?')
    expect(body.text()).toContain('biasanya tidak bisa dikembalikan lewat gateway')
    await confirmRetry()
    expect(calls.retryRefund).toHaveBeenCalledWith('r1')
    expect(page.get('[data-testid=outcome]').text()).toContain('diminta lagi ke gateway')
    expect(page.find('article').exists()).toBe(false)
  })

  it('says in place when that failed, and at the list when somebody was faster', async () => {
    calls.retryRefund.mockRejectedValueOnce(new NetworkFailure()).mockRejectedValueOnce(overtaken)
    const page = await shown()
    await press(page, RETRY)
    await confirmRetry()
    expect(body.get('[role=dialog] [role=alert]').text()).toContain('Tidak ada sinyal')
    await confirmRetry()
    expect(page.get('[data-testid=outcome]').text()).toContain('baru saja ditangani orang lain')
    expect(calls.fetchRefunds).toHaveBeenCalledTimes(2)
  })
})
