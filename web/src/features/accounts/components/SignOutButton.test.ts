// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { registerKeeper } from '@/shared/device/keepers'
import { mountInApp } from '@/testing/mount'
import { useSession } from '../store'
import SignOutButton from './SignOutButton.vue'

const api = vi.hoisted(() => ({ fetchMe: vi.fn(), logOut: vi.fn() }))
vi.mock('../api', () => api)

const keeper = { unsent: vi.fn(), forget: vi.fn(), forgetBefore: vi.fn() }
registerKeeper(keeper)

describe('signing out', () => {
  let page: VueWrapper
  const press = async (words: string) => {
    const buttons = [...document.querySelectorAll('button')]
    buttons.find(({ textContent }) => textContent?.includes(words))?.click()
    await flushPromises()
  }
  const dialog = () => document.querySelector('[role="dialog"]')

  beforeEach(async () => {
    // The mark of the sign-out before.
    localStorage.clear()
    api.fetchMe.mockResolvedValue({
      id: 'u1',
      username: 'Rara',
      email: '',
      roles: 'user',
      phone_number: '',
      picture: null,
    })
    api.logOut.mockReset().mockResolvedValue(undefined)
    keeper.forget.mockClear()
    keeper.unsent.mockResolvedValue({ said: '3 pesan belum terkirim', address: '/chat/c1' })
    page = await mountInApp(SignOutButton)
    await useSession().ready
    await flushPromises()
  })
  afterEach(() => {
    page.unmount()
    document.body.innerHTML = ''
  })

  it('asks nothing where nothing would be lost, and forgets the account', async () => {
    keeper.unsent.mockResolvedValue(null)
    await press('Keluar')
    expect(api.logOut).toHaveBeenCalled()
    expect(keeper.forget).toHaveBeenCalledWith('u1')
  })

  it('says what would be lost, and does nothing until somebody decides', async () => {
    await press('Keluar')
    expect(dialog()?.textContent).toContain('3 pesan belum terkirim')
    expect(api.logOut).not.toHaveBeenCalled()
    await press('Tetap masuk')
    expect([api.logOut.mock.calls.length, keeper.forget.mock.calls.length]).toEqual([0, 0])
  })

  it('leads to what can be sent', async () => {
    await press('Keluar')
    await press('Kirim dulu')
    expect(page.vm.$router.currentRoute.value.path).toBe('/chat/c1')
    expect(api.logOut).not.toHaveBeenCalled()
  })

  it('signs out and deletes where that is wanted', async () => {
    await press('Keluar')
    await press('Keluar dan hapus')
    expect(api.logOut).toHaveBeenCalled()
    expect(keeper.forget).toHaveBeenCalledWith('u1')
  })

  it('deletes nothing while the server has not ended the session', async () => {
    api.logOut.mockRejectedValue(new Error('no answer'))
    await press('Keluar')
    await press('Keluar dan hapus')
    expect(keeper.forget).not.toHaveBeenCalled()
  })
})
