// @vitest-environment happy-dom
import { useQuery } from '@pinia/colada'
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/features/accounts/store'
import { takeAnswer } from '@/shared/api/cache'
import { inApp } from '@/testing/in-app'
import { useForgetting } from './useForgetting'

const account = vi.hoisted(() => ({ fetchMe: vi.fn(), logOut: vi.fn() }))
vi.mock('@/features/accounts/api', () => account)

const rara = { id: 'rara', username: 'Rara', email: '', roles: 'user', phone_number: '', picture: null }
const fetchPet = vi.fn<() => Promise<string>>()

/** An answer that comes when the test says so. */
function late() {
  let answer: (pet: string) => void = () => undefined
  fetchPet.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  return (pet: string) => answer(pet)
}

beforeEach(() => {
  fetchPet.mockReset().mockResolvedValue('of Rara')
  account.fetchMe.mockReset().mockResolvedValue(rara)
  account.logOut.mockReset().mockResolvedValue(undefined)
})

describe('whoever leaves', () => {
  async function signedIn() {
    localStorage.setItem('hellopet.session', rara.id)
    const { made } = await inApp(() => {
      useForgetting()
      return { pet: useQuery({ key: ['pet'], query: () => fetchPet() }), session: useSession() }
    })
    await flushPromises()
    expect(made.session.me).toEqual(rara)
    return made
  }

  it('leaves nothing behind, not even what is still on its way', async () => {
    const { pet, session } = await signedIn()
    expect(pet.data.value).toBe('of Rara')
    const answerOld = late()
    void pet.refetch()
    fetchPet.mockReturnValue(new Promise(() => undefined))
    await session.logOut()
    answerOld('of the one who left')
    await flushPromises()
    expect(pet.data.value).toBeUndefined()
  })

  it('gets no answer to a step into the next one’s sight', async () => {
    const { session } = await signedIn()
    const put = vi.fn()
    let answer: (said: string) => void = () => undefined
    const step = takeAnswer(new Promise<string>((resolve) => (answer = resolve)), put)
    await session.logOut()
    answer('changed')
    expect(await step).toBe('changed')
    expect(put).not.toHaveBeenCalled()
  })
})
