// @vitest-environment happy-dom
import { useQueryCache } from '@pinia/colada'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useForgetting } from '@/app/useForgetting'
import { useSession } from '@/features/accounts/store'
import type { Consultation } from '@/shared/api/types'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { inApp } from '@/testing/in-app'
import * as api from './api'
import { useConsultation } from './composables/useConsultation'
import { useConsultationList } from './composables/useConsultationList'
import { consultationQuery } from './queries'
import { useConsultations } from './store'
import { booked } from './testing'
import { ref } from 'vue'

const news = vi.hoisted(() => new Map<string, Set<(payload: unknown) => void>>())
const listen = vi.hoisted(() => (name: string, listener: (payload: unknown) => void) => {
  news.set(name, (news.get(name) ?? new Set()).add(listener))
  return () => news.get(name)?.delete(listener)
})
const tell = (name: string, payload?: unknown) => news.get(name)?.forEach((listener) => listener(payload))
vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'owner', username: 'Rara', email: '', roles: 'user', phone_number: '', picture: null }),
  logOut: () => Promise.resolve(),
}))
vi.mock('@/features/payments/api')
vi.mock('@/shared/realtime', () => ({
  realtime: {
    onEvent: listen,
    onConnected: (listener: () => void) => listen('connected', listener),
    state: { value: 'online' },
  },
}))
vi.mock('./api')
const server = vi.mocked(api)

describe('consultations', () => {
  let store: ReturnType<typeof useConsultations>
  let leave: () => void = () => undefined

  async function show<Made>(setup: () => Made): Promise<Made> {
    const { made, unmount } = await inApp(() => {
      useForgetting()
      store = useConsultations()
      return setup()
    })
    leave = unmount
    await useSession().ready
    await flushPromises()
    return made
  }

  /** What came by the socket is followed a moment later. */
  async function hear(name: string, payload?: unknown): Promise<void> {
    vi.useFakeTimers()
    tell(name, payload)
    await vi.advanceTimersByTimeAsync(100)
    vi.useRealTimers()
    await flushPromises()
  }

  const showOne = () => show(() => useConsultation(ref('c1')))
  const showAll = () => show(() => useConsultationList())

  beforeEach(() => {
    for (const call of [
      server.fetchConsultation,
      server.fetchConsultations,
      server.cancelConsultation,
      server.rescheduleConsultation,
    ])
      call.mockReset()
    server.fetchConsultation.mockResolvedValue(booked())
    server.fetchConsultations.mockResolvedValue({ items: [booked()], nextCursor: null })
  })
  afterEach(() => leave())

  it('ask what became of one that changed, when it is shown', async () => {
    await show(() => undefined)
    await hear('consultationChanged', { consultationId: 'c1', status: 'active' })
    expect(server.fetchConsultation).not.toHaveBeenCalled()
    leave()
    const { consultation } = await showOne()
    server.fetchConsultation.mockResolvedValue(booked({ status: 'active', conversationId: 'room' }))
    await hear('consultationChanged', { consultationId: 'c1', status: 'active' })
    expect(consultation.value).toMatchObject({ status: 'active', conversationId: 'room' })
  })

  it('ask again for one that was asked for alone when the connection stands', async () => {
    const { consultation } = await showOne()
    server.fetchConsultation.mockResolvedValue(booked({ status: 'active', conversationId: 'room' }))
    await hear('connected')
    expect(consultation.value?.status).toBe('active')
    expect(server.fetchConsultations).not.toHaveBeenCalled()
  })

  it('take a new one into a list that is shown', async () => {
    server.fetchConsultations.mockResolvedValueOnce({ items: [], nextCursor: null })
    const { groups } = await showAll()
    await hear('consultationChanged', { consultationId: 'c1', status: 'scheduled' })
    expect(groups.value.scheduled.map(({ id }) => id)).toEqual(['c1'])
  })

  it('keep what they have when the news cannot be followed', async () => {
    const { consultation } = await showOne()
    server.fetchConsultation.mockRejectedValue(new NetworkFailure())
    await hear('consultationChanged', { consultationId: 'c1', status: 'cancelled' })
    expect(consultation.value?.status).toBe('scheduled')
  })

  it('that stand in the list are there at once, and asked for', async () => {
    server.fetchConsultation.mockReturnValue(new Promise(() => undefined))
    await show(() => useConsultationList())
    expect(store.find('c1')).toBeUndefined()
    const one = useQueryCache().ensure(consultationQuery('c1'))
    expect([one.state.value.data?.status, one.stale]).toEqual(['scheduled', true])
  })

  it('are told to whoever asks, whatever is heard meanwhile', async () => {
    let answer: (said: Consultation) => void = () => undefined
    server.fetchConsultation.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    await show(() => useConsultationList())
    const asked = store.loadOne('c1')
    await hear('consultationChanged', { consultationId: 'c1', status: 'scheduled' })
    answer(booked())
    expect((await asked).id).toBe('c1')
  })

  it('are called off and moved by the server’s word', async () => {
    const { groups } = await showAll()
    server.rescheduleConsultation.mockResolvedValue(booked({ startsAt: '2026-11-25T02:00:00.000Z' }))
    await store.reschedule('c1', '2026-11-25T02:00:00.000Z')
    expect([store.find('c1')?.startsAt, groups.value.scheduled[0]?.startsAt]).toEqual([
      '2026-11-25T02:00:00.000Z',
      '2026-11-25T02:00:00.000Z',
    ])
    server.cancelConsultation.mockRejectedValueOnce(new Problem(409, 'consultation_state_changed', ''))
    await expect(store.cancel('c1')).rejects.toMatchObject({ code: 'consultation_state_changed' })
    expect(groups.value.scheduled).toHaveLength(1)
    server.cancelConsultation.mockResolvedValue(booked({ status: 'cancelled' }))
    await store.cancel('c1')
    expect(groups.value.past).toHaveLength(1)
  })

  it('of somebody who has left are forgotten, also those whose answer comes later', async () => {
    const { consultations } = await showAll()
    let answer: (found: Consultation) => void = () => undefined
    server.cancelConsultation.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    const asked = store.cancel('c1')
    server.fetchConsultations.mockReturnValue(new Promise(() => undefined))
    await useSession().logOut()
    answer(booked())
    await asked
    expect([consultations.value, store.find('c1')]).toEqual([null, undefined])
  })
})
