// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RouteLocationNormalized, RouteMeta } from 'vue-router'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { guardRoute } from './guard'

const fetchMe = vi.hoisted(() => vi.fn())
vi.mock('./api', () => ({ fetchMe }))

const account = (roles: 'user' | 'dokter') => ({
  id: 'u1',
  username: 'Rara',
  email: '',
  roles,
  phone_number: '',
  picture: null,
})
const to = (meta: Partial<RouteMeta>, query = {}) =>
  ({
    meta: { title: 'app.notFound.title', ...meta },
    fullPath: '/konsultasi?x=1',
    query,
  }) as unknown as RouteLocationNormalized

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
})

describe('guardRoute', () => {
  it('sends visitors to sign in, and remembers where they were going', async () => {
    fetchMe.mockRejectedValue(new Problem(401, 'unauthenticated', ''))
    expect(await guardRoute(to({ requires: 'account' }))).toEqual({
      name: 'sign-in',
      query: { tujuan: '/konsultasi?x=1' },
    })
    expect(await guardRoute(to({}))).toBe(true)
  })

  it('lets in whom a page is for, and sends others to their own start', async () => {
    fetchMe.mockResolvedValue(account('dokter'))
    expect(await guardRoute(to({ requires: 'dokter' }))).toBe(true)
    expect(await guardRoute(to({ requires: 'account' }))).toBe(true)
    expect(await guardRoute(to({ requires: 'user' }))).toBe('/dokter/dashboard')
  })

  it('takes whoever is signed in past the sign-in page', async () => {
    fetchMe.mockResolvedValue(account('user'))
    expect(await guardRoute(to({ visitorsOnly: true }))).toBe('/')
    expect(await guardRoute(to({ visitorsOnly: true }, { tujuan: '/dokter/d1' }))).toBe('/dokter/d1')
  })

  it('claims nothing about who is signed in when the server does not answer', async () => {
    localStorage.setItem('hellopet.session', 'u1')
    fetchMe.mockRejectedValue(new NetworkFailure())
    expect(await guardRoute(to({ requires: 'account' }))).toBe(true)
  })
})
