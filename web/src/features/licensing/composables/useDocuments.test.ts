// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { NetworkFailure } from '@/shared/api/problem'
import { ownDoctor } from '../testing'
import { useDocuments } from './useDocuments'

const calls = vi.hoisted(() => ({ addDocument: vi.fn(), readPicture: vi.fn() }))
vi.mock('../api', () => calls)
vi.mock('@/shared/photos/read-picture', () => calls)

const photo = (name: string) => new File(['x'], name, { type: 'image/jpeg' })

function documents(room = 6) {
  const sent = vi.fn()
  const scope = effectScope()
  const made = scope.run(() =>
    useDocuments(
      () => 'l1',
      () => room,
      sent,
    ),
  )
  return { ...(made ?? expect.unreachable()), sent }
}

describe('photos of a licence', () => {
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockReturnValue()
    calls.addDocument.mockReset().mockResolvedValue(ownDoctor())
    calls.readPicture.mockReset().mockImplementation((file: File) => Promise.resolve(file))
  })

  it('are sent one after the other and say how far they are', async () => {
    let arrive: (doctor: unknown) => void = () => {}
    calls.addDocument.mockImplementationOnce((_licence, _file, progress) => {
      progress(0.4)
      return new Promise((resolve) => (arrive = resolve))
    })
    const { picked, pick, send, isSending, sent } = documents()
    await pick([photo('a.jpg'), photo('b.jpg')])
    void send()
    expect(picked.value.map(({ share }) => share)).toEqual([0.4, null])
    expect(calls.addDocument).toHaveBeenCalledTimes(1)
    arrive(ownDoctor())
    await flushPromises()
    expect([picked.value.length, isSending.value]).toEqual([0, false])
    expect(sent).toHaveBeenCalledTimes(2)
  })

  it('that did not arrive stay, with the reason, and can be sent again', async () => {
    calls.addDocument.mockRejectedValueOnce(new NetworkFailure())
    const { picked, pick, send, retry } = documents()
    await pick([photo('a.jpg')])
    await send()
    const [failed] = picked.value
    expect(failed?.failure).toContain('Tidak ada sinyal')
    if (failed) await retry(failed)
    expect(picked.value).toEqual([])
  })

  it('are no more than a licence takes', async () => {
    const { picked, pick, refusal } = documents(1)
    await pick([photo('a.jpg'), photo('b.jpg')])
    expect([picked.value.length, refusal.value]).toEqual([1, 'Paling banyak 6 foto untuk satu izin.'])
  })

  it('that cannot be read are refused in words', async () => {
    calls.readPicture.mockResolvedValueOnce('Foto ini rusak.')
    const { picked, pick, refusal } = documents()
    await pick([photo('a.jpg')])
    expect([picked.value.length, refusal.value]).toEqual([0, 'Foto ini rusak.'])
  })
})
