// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useRouter, type Router } from 'vue-router'
import { cancelConsultation } from '@/features/consultations/api'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import { buyConsultation } from '../api'
import { usePurchase } from './usePurchase'

const rara = { id: 'u1', username: 'Rara', email: '', roles: 'user', phone_number: '', picture: null }
const who = vi.hoisted(() => vi.fn())
vi.mock('@/features/accounts/api', () => ({ fetchMe: who }))
vi.mock('@/features/consultations/api')
vi.mock('../api')
const buy = vi.mocked(buyConsultation)
const cancel = vi.mocked(cancelConsultation)

const bought = vi.fn()
const alreadyTalking = vi.fn()

const SLOT = '2026-11-24T09:30:00.000Z'
const slot = { doctorId: 'd1', startsAt: SLOT, petId: null, intakeId: null }
const purchase = {
  transactionId: 't1',
  consultationId: 'c1',
  orderId: '',
  redirectUrl: '',
  token: '',
  quote: { lines: [], total: 0, markupBasisPoints: 0 },
}
const refused = (code: string, body: Record<string, unknown> = {}) => new Problem(409, code, '', [], null, null, body)
const keys = () => buy.mock.calls.map(([, key]) => key)

describe('buying', () => {
  let found: ReturnType<typeof usePurchase>
  let router: Router
  let page: VueWrapper

  async function open() {
    page = await mountInApp(
      defineComponent({
        setup() {
          found = usePurchase({ bought, alreadyTalking })
          router = useRouter()
          return () => null
        },
      }),
      {},
      '/dokter/d1',
    )
  }

  beforeEach(async () => {
    localStorage.clear()
    buy.mockReset().mockResolvedValue(purchase)
    bought.mockClear()
    who.mockResolvedValue(rara)
    cancel.mockReset()
    await open()
  })
  afterEach(() => page.unmount())

  it('a slot leads to its payment, and says so', async () => {
    await found.buy(slot)
    expect(buy).toHaveBeenCalledWith(slot, expect.any(String))
    expect(router.currentRoute.value.fullPath).toBe('/bayar/t1')
    expect(bought).toHaveBeenCalledTimes(1)
  })

  it('tries again under the same key when no answer came, and under another for another time or pet', async () => {
    buy.mockRejectedValue(new NetworkFailure())
    await found.buy(slot)
    await found.buy(slot)
    await found.buy({ ...slot, startsAt: '2026-11-24T10:00:00.000Z' })
    await found.buy({ ...slot, startsAt: null })
    await found.buy({ ...slot, startsAt: null, petId: 'p1' })
    const [first, second, ...others] = keys()
    expect(second).toBe(first)
    expect(new Set([first, ...others]).size).toBe(4)
  })

  it('takes a new key after a refusal, and says it', async () => {
    buy.mockRejectedValue(refused('slot_taken'))
    await found.buy(slot)
    await found.buy(slot)
    expect(new Set(keys()).size).toBe(2)
    expect(found.failure.value).toMatchObject({ code: 'slot_taken' })
    expect(found.other.value).toBeNull()
  })

  it('offers the purchase that is in the way, and can put this one in its place', async () => {
    buy.mockRejectedValueOnce(refused('other_purchase_open', { transactionId: 't0', consultationId: 'c0' }))
    await found.buy(slot)
    expect(found.other.value).toEqual({ transactionId: 't0', consultationId: 'c0' })
    await found.replaceOther()
    expect(cancel).toHaveBeenCalledWith('c0')
    expect(buy).toHaveBeenLastCalledWith(slot, expect.any(String))
    expect(router.currentRoute.value.path).toBe('/bayar/t1')
  })

  it('buys nothing when the other one could not be called off', async () => {
    buy.mockRejectedValueOnce(refused('other_purchase_open', { transactionId: 't0', consultationId: 'c0' }))
    cancel.mockRejectedValue(refused('consultation_state_changed'))
    await found.buy(slot)
    await found.replaceOther()
    expect(buy).toHaveBeenCalledTimes(1)
    expect(found.failure.value).toMatchObject({ code: 'consultation_state_changed' })
  })

  it('asks a visitor to sign in, and comes back with what was wanted', async () => {
    page.unmount()
    localStorage.clear()
    who.mockRejectedValue(new Problem(401, 'unauthenticated', ''))
    await open()
    const asked = vi.spyOn(router, 'push').mockResolvedValue(undefined)
    await found.buy(slot)
    expect(asked).toHaveBeenCalledWith({ name: 'sign-in', query: { tujuan: `/dokter/d1?lanjut=${SLOT}` } })
    await found.buy({ ...slot, startsAt: null })
    expect(asked).toHaveBeenLastCalledWith({ name: 'sign-in', query: { tujuan: '/dokter/d1?lanjut=sekarang' } })
    expect(buy).not.toHaveBeenCalled()
  })

  it('goes to the chat that is under way', async () => {
    buy.mockRejectedValue(refused('conversation_already_active', { conversationId: 'room' }))
    await found.buy({ ...slot, startsAt: null })
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/chat/room')
    expect(alreadyTalking).toHaveBeenCalledWith('room')
    expect(bought).not.toHaveBeenCalled()
  })
})
