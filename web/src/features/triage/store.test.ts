// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/features/accounts/store'
import type { Account } from '@/shared/api/types'
import { Problem } from '@/shared/api/problem'
import { keeper } from './keeper'
import { useComplaint } from './store'

const api = vi.hoisted(() => ({ fetchMe: vi.fn(), logIn: vi.fn(), logOut: vi.fn(() => Promise.resolve()) }))
vi.mock('@/features/accounts/api', () => api)

const account = (id: string): Account => ({
  id,
  username: 'Rara',
  email: '',
  roles: 'user',
  phone_number: '',
  picture: null,
})
const session = async () => {
  await useSession().ready
  return useSession()
}

/** The page is loaded anew. */
const reload = () => setActivePinia(createPinia())

async function signIn(id: string) {
  api.fetchMe.mockResolvedValue(account(id))
  await (await session()).logIn({ email: '', password: '' })
}

async function signOut() {
  api.fetchMe.mockRejectedValue(new Problem(401, 'unauthenticated', ''))
  await (await session()).logOut()
}

describe('what somebody says is the matter', () => {
  beforeEach(() => {
    sessionStorage.clear()
    localStorage.clear()
    api.fetchMe.mockReset().mockRejectedValue(new Problem(401, 'unauthenticated', ''))
    reload()
  })

  it('is there after a reload, and gone once it was said', () => {
    useComplaint().words.complaint = 'Muntah'
    Object.assign(useComplaint().words, { since: 'today', signs: ['weak'] })
    reload()
    expect(useComplaint().words).toEqual({ complaint: 'Muntah', since: 'today', signs: ['weak'] })
    useComplaint().clear()
    reload()
    expect(useComplaint().text).toBe('')
  })

  it('goes along with whoever signs in, also where the page was loaded anew in between', async () => {
    useComplaint().words.complaint = 'Muntah'
    await signIn('u1')
    expect(useComplaint().text).toBe('Muntah')
    expect(Object.keys(sessionStorage)).toEqual(['hellopet.intake.u1'])
    reload()
    await session()
    expect(useComplaint().text).toBe('Muntah')
  })

  it('is nothing to whoever comes next, and the account’s own when it comes back', async () => {
    await signIn('u1')
    useComplaint().words.complaint = 'Muntah'
    await signOut()
    expect(useComplaint().text).toBe('')
    await signIn('u2')
    expect(useComplaint().text).toBe('')
    await signOut()
    sessionStorage.setItem('hellopet.intake.u3', JSON.stringify({ complaint: 'Gatal', since: null, signs: [] }))
    await signIn('u3')
    expect(useComplaint().text).toBe('Gatal')
  })

  it('is forgotten with its account', async () => {
    await signIn('u1')
    useComplaint().words.complaint = 'Muntah'
    await keeper.forget('u1')
    expect(sessionStorage).toHaveLength(0)
    await signOut()
    await signIn('u1')
    expect(useComplaint().text).toBe('')
  })

  it('begins the next message where a chat is under way, once', () => {
    useComplaint().words.complaint = ' Muntah '
    useComplaint().giveTo('c1')
    expect(useComplaint().takeFor('c2')).toBe('')
    expect(useComplaint().takeFor('c1')).toBe('Muntah')
    expect([useComplaint().takeFor('c1'), useComplaint().text]).toEqual(['', ''])
  })

  it('is read as nothing where it makes no sense', () => {
    for (const kept of ['{', '[]', '{"complaint":3,"since":"gestern","signs":"x"}']) {
      sessionStorage.setItem('hellopet.intake.visitor', kept)
      reload()
      expect(useComplaint().words).toEqual({ complaint: '', since: null, signs: [] })
    }
  })
})
