// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { inApp } from '@/testing/in-app'
import { usePayment } from './usePayment'

const calls = vi.hoisted(() => ({ fetchPayment: vi.fn(), refreshPayment: vi.fn() }))
vi.mock('../api', () => calls)

const payment = (status: string) => ({
  transactionId: 't1',
  status,
  paymentType: null,
  expiresAt: '2100-01-01T00:00:00.000Z',
})

/** An answer that comes when the test says so. */
function late(call: typeof calls.fetchPayment) {
  let answer: (status: string) => void = () => undefined
  call.mockReturnValueOnce(new Promise((resolve) => (answer = (status) => resolve(payment(status)))))
  return (status: string) => answer(status)
}

describe('a payment', () => {
  let leave: () => void

  async function open() {
    const { made, unmount } = await inApp(() => usePayment('t1'))
    leave = unmount
    await vi.advanceTimersByTimeAsync(0)
    return made
  }

  beforeEach(() => {
    vi.useFakeTimers()
    calls.fetchPayment.mockReset().mockResolvedValue(payment('pending'))
    calls.refreshPayment.mockReset().mockResolvedValue(payment('settled'))
  })
  afterEach(() => {
    leave()
    vi.useRealTimers()
  })

  it('is asked for again until nothing more is to come', async () => {
    const { stage } = await open()
    expect(stage.value).toBe('open')
    calls.fetchPayment.mockResolvedValue(payment('expired'))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(stage.value).toBe('expired')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls.fetchPayment).toHaveBeenCalledTimes(2)
  })

  it('is what was said last, whichever way it was asked', async () => {
    const { payment: shown, refresh, load, isChecking } = await open()
    const answerOld = late(calls.fetchPayment)
    void load()
    await refresh()
    answerOld('pending')
    await vi.advanceTimersByTimeAsync(0)
    expect([shown.value?.status, isChecking.value]).toEqual(['settled', false])
    expect(calls.refreshPayment).toHaveBeenCalledTimes(1)
    const answerChecked = late(calls.refreshPayment)
    const checking = refresh()
    calls.fetchPayment.mockResolvedValue(payment('refunded'))
    await load()
    answerChecked('settled')
    await checking
    expect(shown.value?.status).toBe('refunded')
  })

  it('stays when the gateway could not be asked, which is said', async () => {
    const { payment: shown, refresh } = await open()
    calls.refreshPayment.mockRejectedValueOnce(new NetworkFailure())
    await expect(refresh()).rejects.toBeInstanceOf(NetworkFailure)
    expect(shown.value?.status).toBe('pending')
  })

  it('is asked for no more once nobody looks', async () => {
    await open()
    leave()
    await flushPromises()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls.fetchPayment).toHaveBeenCalledTimes(1)
  })
})
