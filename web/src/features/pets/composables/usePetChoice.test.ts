// @vitest-environment happy-dom
import { useQueryCache } from '@pinia/colada'
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { inApp } from '@/testing/in-app'
import { usePetChoice } from './usePetChoice'

const calls = vi.hoisted(() => ({ fetchPets: vi.fn() }))
vi.mock('../api', () => calls)
vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'rara', username: 'Rara', email: '', roles: 'user', phone_number: '', picture: null }),
}))

const pets = (...ids: string[]) => ids.map((id) => ({ id, name: id }))

async function choice() {
  localStorage.setItem('hellopet.session', 'rara')
  const { made } = await inApp(() => ({ ...usePetChoice(), cache: useQueryCache() }))
  await flushPromises()
  return made
}

describe('the pet that a purchase is about', () => {
  beforeEach(() => {
    calls.fetchPets.mockReset()
  })

  it('is the only one there is', async () => {
    calls.fetchPets.mockResolvedValue(pets('miko'))
    expect((await choice()).petId.value).toBe('miko')
  })

  it('is chosen among several, and stays so when they are asked for anew', async () => {
    calls.fetchPets.mockImplementation(() => Promise.resolve(pets('miko', 'pus')))
    const { petId, cache } = await choice()
    expect(petId.value).toBeNull()
    petId.value = 'pus'
    await cache.invalidateQueries()
    expect([petId.value, calls.fetchPets.mock.calls.length]).toEqual(['pus', 2])
  })

  it('is none that is gone', async () => {
    calls.fetchPets.mockResolvedValueOnce(pets('miko', 'pus')).mockResolvedValueOnce(pets('miko', 'oyen'))
    const { petId, cache } = await choice()
    petId.value = 'pus'
    await cache.invalidateQueries()
    expect(petId.value).toBeNull()
  })
})
