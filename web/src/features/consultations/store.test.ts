// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/features/accounts/store'
import type { Consultation } from '@/shared/api/types'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import * as api from './api'
import { useConsultations } from './store'
import { booked } from './testing'

const news = vi.hoisted(() => new Map<string, (payload: unknown) => void>())
vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve({ id: 'owner', username: 'Rara', email: '', roles: 'user', phone_number: '', picture: null }), logOut: () => Promise.resolve() }))
vi.mock('@/shared/realtime', () => ({ realtime: { onEvent: (name: string, listener: (payload: unknown) => void) => news.set(name, listener), onConnected: (listener: () => void) => news.set('connected', listener) } }))
vi.mock('./api')
const server = vi.mocked(api)

describe('consultations', () => {
  let store: ReturnType<typeof useConsultations>
  const tell = async (consultationId: string, status: Consultation['status']) => {
    news.get('consultationChanged')?.({ consultationId, status })
    await Promise.resolve()
    await Promise.resolve()
  }

  beforeEach(async () => {
    setActivePinia(createPinia())
    for (const call of [server.fetchConsultation, server.fetchConsultations, server.cancelConsultation, server.rescheduleConsultation]) call.mockReset()
    server.fetchConsultation.mockResolvedValue(booked())
    store = useConsultations()
    await useSession().ready
  })

  it('know one that was asked for alone, and are not taken for the whole list', async () => {
    await store.loadOne('c1')
    expect(store.find('c1')?.status).toBe('scheduled')
    expect(store.isLoaded).toBe(false)
  })

  it('ask what became of one that changed, when it is shown', async () => {
    await tell('c1', 'active')
    expect(server.fetchConsultation).not.toHaveBeenCalled()
    await store.loadOne('c1')
    server.fetchConsultation.mockResolvedValue(booked({ status: 'active', conversationId: 'room' }))
    await tell('c1', 'active')
    expect(store.find('c1')).toMatchObject({ status: 'active', conversationId: 'room' })
  })

  it('ask again for one that was asked for alone when the connection stands', async () => {
    await store.loadOne('c1')
    server.fetchConsultation.mockResolvedValue(booked({ status: 'active', conversationId: 'room' }))
    news.get('connected')?.(undefined)
    await vi.waitFor(() => expect(store.find('c1')?.status).toBe('active'))
  })

  it('take a new one into a list that is shown', async () => {
    server.fetchConsultations.mockResolvedValue({ items: [], nextCursor: null })
    await store.load()
    await tell('c1', 'scheduled')
    expect(store.groups.scheduled.map(({ id }) => id)).toEqual(['c1'])
  })

  it('keep what they have when the news cannot be followed', async () => {
    await store.loadOne('c1')
    server.fetchConsultation.mockRejectedValue(new NetworkFailure())
    await tell('c1', 'cancelled')
    expect(store.find('c1')?.status).toBe('scheduled')
  })

  it('are called off and moved by the server’s word', async () => {
    await store.loadOne('c1')
    server.rescheduleConsultation.mockResolvedValue(booked({ startsAt: '2026-11-25T02:00:00.000Z' }))
    await store.reschedule('c1', '2026-11-25T02:00:00.000Z')
    expect(store.find('c1')?.startsAt).toBe('2026-11-25T02:00:00.000Z')
    server.cancelConsultation.mockRejectedValueOnce(new Problem(409, 'consultation_state_changed', ''))
    await expect(store.cancel('c1')).rejects.toMatchObject({ code: 'consultation_state_changed' })
    expect(store.groups.scheduled).toHaveLength(1)
    server.cancelConsultation.mockResolvedValue(booked({ status: 'cancelled' }))
    await store.cancel('c1')
    expect(store.groups.past).toHaveLength(1)
  })

  it('of somebody who has left are forgotten, also those whose answer comes later', async () => {
    let answer: (found: Consultation) => void = () => undefined
    server.fetchConsultation.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
    const asked = store.loadOne('c1')
    await useSession().logOut()
    answer(booked())
    await asked
    expect(store.count).toBe(0)
  })
})
