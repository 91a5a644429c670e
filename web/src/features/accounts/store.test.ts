// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { reportSessionEnded } from '@/shared/api/session-fetch'
import { useSession } from './store'

const rara = {
  id: 'u1',
  username: 'Rara',
  email: 'rara@contoh.id',
  roles: 'user' as const,
  phone_number: '+628123',
  picture: null,
}
const unauthenticated = () => new Problem(401, 'unauthenticated', '')

const api = vi.hoisted(() => ({ fetchMe: vi.fn(), logIn: vi.fn(), logOut: vi.fn(), register: vi.fn() }))
const renewSession = vi.hoisted(() => vi.fn())
vi.mock('./api', () => api)
vi.mock('@/shared/api/session-renewal', () => ({ renewSession }))

async function restored() {
  const session = useSession()
  await session.ready
  return session
}

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  delete document.documentElement.dataset.session
  for (const call of [...Object.values(api), renewSession]) call.mockReset().mockResolvedValue(undefined)
})

describe('an account that was changed', () => {
  it('is known anew', async () => {
    api.fetchMe.mockResolvedValueOnce(rara).mockResolvedValueOnce({ ...rara, roles: 'dokter' })
    const session = await restored()
    await session.refresh()
    expect(session.isDoctor).toBe(true)
  })

  it('stays signed in when nobody answers', async () => {
    api.fetchMe.mockResolvedValueOnce(rara).mockRejectedValueOnce(new NetworkFailure())
    const session = await restored()
    await expect(session.refresh()).rejects.toBeInstanceOf(NetworkFailure)
    expect(session).toMatchObject({ state: 'signedIn', role: 'user' })
  })
})

describe('restoring', () => {
  it('asks nothing when no session came with the page', async () => {
    document.documentElement.dataset.session = 'none'
    expect((await restored()).state).toBe('visitor')
    expect(api.fetchMe).not.toHaveBeenCalled()
  })

  it('asks nothing on a page without a signal, once it knows that nobody is here', async () => {
    localStorage.setItem('hellopet.session', '')
    expect((await restored()).state).toBe('visitor')
    expect(api.fetchMe).not.toHaveBeenCalled()
  })

  it.each([
    ['none', 'u1'],
    ['maybe', ''],
  ])('asks when the page says %s and the mark is "%s"', async (session, mark) => {
    document.documentElement.dataset.session = session
    localStorage.setItem('hellopet.session', mark)
    api.fetchMe.mockResolvedValue(rara)
    expect((await restored()).state).toBe('signedIn')
  })

  it('finds who is signed in', async () => {
    api.fetchMe.mockResolvedValue(rara)
    const session = await restored()
    expect(session).toMatchObject({ state: 'signedIn', role: 'user', isDoctor: false })
    expect(session.me?.username).toBe('Rara')
  })

  it('takes a stranger for a visitor, without trying to refresh', async () => {
    api.fetchMe.mockRejectedValue(unauthenticated())
    expect((await restored()).state).toBe('visitor')
    expect(renewSession).not.toHaveBeenCalled()
  })

  it('renews the session of somebody who was here before', async () => {
    localStorage.setItem('hellopet.session', 'u1')
    api.fetchMe.mockRejectedValueOnce(unauthenticated()).mockResolvedValue(rara)
    renewSession.mockResolvedValue('renewed')
    expect((await restored()).state).toBe('signedIn')
  })

  it('forgets somebody whose session has ended', async () => {
    localStorage.setItem('hellopet.session', 'u1')
    api.fetchMe.mockRejectedValue(unauthenticated())
    renewSession.mockResolvedValue('ended')
    expect((await restored()).state).toBe('visitor')
    expect(localStorage.getItem('hellopet.session')).toBe('')
  })

  it.each([403, 429, 502])('takes a %i of something in between for no answer', async (status) => {
    localStorage.setItem('hellopet.session', 'u1')
    api.fetchMe.mockRejectedValue(new Problem(status, `http_${status}`, ''))
    expect((await restored()).state).toBe('unreachable')
    expect(localStorage.getItem('hellopet.session')).toBe('u1')
  })

  it('opens for whoever was here last when nobody answers, and asks again with the signal', async () => {
    api.fetchMe.mockResolvedValueOnce(rara)
    await restored()
    setActivePinia(createPinia())
    api.fetchMe.mockRejectedValueOnce(new NetworkFailure()).mockResolvedValueOnce({ ...rara, roles: 'dokter' })
    const session = await restored()
    expect(session).toMatchObject({ state: 'signedIn', role: 'user', me: { username: 'Rara' } })
    window.dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(session.isDoctor).toBe(true))
  })

  it('says that the session has ended to whoever it opened for', async () => {
    api.fetchMe.mockResolvedValueOnce(rara)
    await restored()
    setActivePinia(createPinia())
    api.fetchMe.mockRejectedValueOnce(new NetworkFailure()).mockRejectedValue(unauthenticated())
    renewSession.mockResolvedValue('ended')
    const session = await restored()
    window.dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(session).toMatchObject({ state: 'visitor', expired: true }))
  })

  it('does not say so when somebody signed out in another tab', async () => {
    api.fetchMe.mockResolvedValueOnce(rara)
    await restored()
    setActivePinia(createPinia())
    api.fetchMe.mockRejectedValueOnce(new NetworkFailure())
    const session = await restored()
    localStorage.setItem('hellopet.session', '')
    window.dispatchEvent(new StorageEvent('storage', { key: 'hellopet.session', newValue: '' }))
    window.dispatchEvent(new Event('online'))
    await flushPromises()
    expect(session).toMatchObject({ state: 'visitor', expired: false })
  })

  it('waits three seconds for an answer when it knows who was here', async () => {
    api.fetchMe.mockResolvedValueOnce(rara)
    await restored()
    setActivePinia(createPinia())
    vi.useFakeTimers()
    try {
      let answer: ((account: typeof rara) => void) | undefined
      api.fetchMe.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
      const session = useSession()
      await vi.advanceTimersByTimeAsync(2_900)
      expect(session.state).toBe('restoring')
      await vi.advanceTimersByTimeAsync(200)
      await session.ready
      expect(session.me?.username).toBe('Rara')
      answer?.({ ...rara, username: 'Rara Ayu' })
      await vi.waitFor(() => expect(session.me?.username).toBe('Rara Ayu'))
    } finally {
      vi.useRealTimers()
    }
  })

  it('knows nobody by something else in the storage', async () => {
    localStorage.setItem('hellopet.session', 'u1')
    localStorage.setItem(
      'hellopet.account.u1',
      JSON.stringify({ keptAt: 1, value: { id: 'u1', username: 'Rara', roles: 'root' } }),
    )
    api.fetchMe.mockRejectedValue(new NetworkFailure())
    expect((await restored()).state).toBe('unreachable')
  })

  it('claims nothing without an answer', async () => {
    localStorage.setItem('hellopet.session', 'u1')
    api.fetchMe.mockRejectedValue(new NetworkFailure())
    expect((await restored()).state).toBe('unreachable')
    expect(localStorage.getItem('hellopet.session')).toBe('u1')
  })
})

describe('signing in and out', () => {
  it('signs in with a new account', async () => {
    api.fetchMe.mockRejectedValueOnce(unauthenticated()).mockResolvedValue(rara)
    const session = await restored()
    await session.register({
      username: 'Rara',
      email: 'rara@contoh.id',
      password: 'rahasia-sekali',
      phone_number: '+628123',
    })
    expect(api.logIn).toHaveBeenCalledWith(
      expect.objectContaining({ email: 'rara@contoh.id', password: 'rahasia-sekali' }),
    )
    expect(session.isSignedIn).toBe(true)
  })

  it('stays signed in when nobody heard the sign-out', async () => {
    api.fetchMe.mockResolvedValue(rara)
    const session = await restored()
    api.logOut.mockRejectedValue(new NetworkFailure())
    await expect(session.logOut()).rejects.toBeInstanceOf(NetworkFailure)
    expect(session.isSignedIn).toBe(true)
  })

  it('is signed out when the session was gone already', async () => {
    api.fetchMe.mockResolvedValue(rara)
    const session = await restored()
    api.logOut.mockRejectedValue(unauthenticated())
    await session.logOut()
    expect(session.state).toBe('visitor')
    expect(session.expired).toBe(false)
  })

  it('remembers that a session ended by itself, until the next one', async () => {
    api.fetchMe.mockResolvedValue(rara)
    const session = await restored()
    reportSessionEnded()
    expect(session).toMatchObject({ state: 'visitor', expired: true })
    await session.logIn({ email: 'rara@contoh.id', password: 'x' })
    expect(session.expired).toBe(false)
  })

  it('follows another tab', async () => {
    api.fetchMe.mockResolvedValue(rara)
    const session = await restored()
    window.dispatchEvent(new StorageEvent('storage', { key: 'hellopet.session', newValue: null }))
    expect(session.state).toBe('visitor')
    window.dispatchEvent(new StorageEvent('storage', { key: 'hellopet.session', newValue: 'u1' }))
    await vi.waitFor(() => expect(session.state).toBe('signedIn'))
  })
})
