// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { shallowRef, type ComputedRef } from 'vue'
import { fetchConsultation } from '@/features/consultations/api'
import { booked, payment } from '@/features/consultations/testing'
import { NetworkFailure } from '@/shared/api/problem'
import type { Consultation, Payment } from '@/shared/api/types'
import { inApp } from '@/testing/in-app'
import { useBought } from './useBought'

vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'owner', username: 'Rara', email: '', roles: 'user', phone_number: '', picture: null }),
}))
vi.mock('@/features/consultations/api')
const fetchOne = vi.mocked(fetchConsultation)

const paid = shallowRef<Payment | null>(null)
let bought: ComputedRef<Consultation | null>

beforeEach(async () => {
  paid.value = null
  fetchOne.mockReset().mockResolvedValue(booked())
  const { made } = await inApp(() => useBought(() => paid.value))
  bought = made
})

it('is asked for once the payment is known, and not again when it moves on', async () => {
  expect(fetchOne).not.toHaveBeenCalled()
  paid.value = payment({ status: 'pending' })
  await flushPromises()
  expect(bought.value?.startsAt).toBe('2026-11-24T09:30:00.000Z')
  paid.value = payment({ status: 'settled' })
  await flushPromises()
  expect(fetchOne.mock.calls).toEqual([['c1']])
})

it('is asked for again when the payment settles and it is still not known', async () => {
  fetchOne.mockRejectedValueOnce(new NetworkFailure())
  paid.value = payment({ status: 'pending' })
  await flushPromises()
  expect(bought.value).toBeNull()
  paid.value = payment({ status: 'settled' })
  await flushPromises()
  expect(bought.value?.kind).toBe('slot')
})
