import { afterEach, describe, expect, it, vi } from 'vitest'
import { serverNow } from '@/shared/time/server-clock'
import { forgetAccount, forgetOld, registerKeeper, unsentOf } from './keepers'

const broken = {
  unsent: vi.fn(() => Promise.reject(new Error('gone'))),
  forget: vi.fn(() => Promise.reject(new Error('gone'))),
  forgetBefore: vi.fn(() => {
    throw new Error('gone')
  }),
}
const chat = {
  unsent: vi.fn(() => Promise.resolve({ said: '3 pesan', address: '/chat/c1' })),
  forget: vi.fn(),
  forgetBefore: vi.fn(),
}
const quiet = { unsent: () => Promise.resolve(null), forget: vi.fn(), forgetBefore: vi.fn() }
for (const keeper of [broken, chat, quiet]) registerKeeper(keeper)

describe('what is kept for an account', () => {
  afterEach(() => vi.clearAllMocks())

  it('is told before it would be lost', async () => {
    expect(await unsentOf('u1')).toEqual([{ said: '3 pesan', address: '/chat/c1' }])
  })

  it('is forgotten by every feature, whatever one of them meets', async () => {
    await forgetAccount('u1')
    expect(chat.forget).toHaveBeenCalledExactlyOnceWith('u1')
    expect(quiet.forget).toHaveBeenCalledExactlyOnceWith('u1')
  })

  it('is forgotten in the other tabs too', async () => {
    const other = new BroadcastChannel('hellopet.forget')
    other.postMessage('u2')
    await vi.waitFor(() => expect(chat.forget).toHaveBeenCalledWith('u2'))
    other.close()
  })

  it('goes after two weeks', async () => {
    await forgetOld()
    const [before] = chat.forgetBefore.mock.calls[0] ?? []
    expect(Math.round((serverNow() - before) / 86_400_000)).toBe(14)
    expect(quiet.forgetBefore).toHaveBeenCalled()
  })
})
