// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import * as api from './api'
import { restore as restoreOutbox } from './device/outbox-storage'
import { createSending } from './sending'
import { attachment, mine, picture, ROOM } from './testing'

vi.mock('./api')
const server = vi.mocked(api)

/** Another one for each test, since tabs of earlier ones still listen. */
let account = ''

/** The locks that browsers have and Node does not: whoever asks waits for those who asked before. */
const held = new Map<string, Promise<void>>()
const locks = {
  request(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (held.get(name) ?? Promise.resolve()).then(work)
    held.set(name, turn)
    return turn
  },
}
Object.defineProperty(navigator, 'locks', { value: locks })

/** A tab of the browser, as far as writing goes. */
function openTab(isOffline: () => boolean = () => false) {
  const seen: Message[] = []
  const me = account
  const sending = createSending({
    me: () => me,
    absorb: (message) => {
      seen.push(message)
      sending.stored(message.clientId ?? '')
    },
    catchUp: vi.fn(),
    refused: vi.fn(),
    isConnected: () => true,
    isOffline,
  })
  const texts = () => (sending.outgoing.get(ROOM) ?? []).map(({ text }) => text)
  return {
    ...sending,
    seen,
    texts,
    say: (text: string) => sending.drafts.write(ROOM, text).then(() => sending.send(ROOM)),
  }
}

const posted = () => server.postMessage.mock.calls.map(([, { message }]) => message)

describe('writing, from the composer to the server', () => {
  beforeEach(() => {
    account = crypto.randomUUID()
    vi.resetAllMocks()
    server.postMessage.mockImplementation(async (_id, { clientId, message }) =>
      mine(posted().length, { clientId, message }),
    )
  })

  it('clears the draft and sends it once', async () => {
    const tab = openTab()
    await tab.say('  Miko muntah ')
    expect(tab.drafts.of(ROOM).text).toBe('')
    await vi.waitFor(() => expect(tab.seen).toHaveLength(1))
    expect(posted()).toEqual(['Miko muntah'])
    await vi.waitFor(async () => expect(await restoreOutbox(account)).toEqual([]))
  })

  it('gives back what the server refused, words and pictures, before what was begun since', async () => {
    const tab = openTab()
    server.beginUpload.mockRejectedValue(new Problem(422, 'validation_failed', 'Foto rusak'))
    await tab.drafts.addPicture(ROOM, picture('p'))
    await tab.say('Lihat ini')
    await vi.waitFor(() => expect(tab.outgoing.get(ROOM)?.[0]?.state).toBe('refused'))
    await tab.drafts.write(ROOM, 'dan ini')
    await tab.edit(tab.outgoing.get(ROOM)?.[0]?.clientId ?? '')
    expect(tab.outgoing.get(ROOM)).toBeUndefined()
    expect(tab.drafts.of(ROOM)).toMatchObject({ text: 'Lihat ini\ndan ini', pictures: [{ id: 'p' }] })
    const after = openTab()
    await after.restore()
    expect(after.drafts.of(ROOM)).toMatchObject({ text: 'Lihat ini\ndan ini', pictures: [{ id: 'p' }] })
    expect(await restoreOutbox(account)).toEqual([])
  })

  it('takes nothing back that is under way', async () => {
    const tab = openTab()
    server.postMessage.mockReturnValue(new Promise(() => {}))
    await tab.drafts.write(ROOM, 'Sudah jalan')
    tab.send(ROOM)
    await vi.waitFor(() => expect(tab.outgoing.get(ROOM)?.[0]?.state).toBe('sending'))
    await tab.edit(tab.outgoing.get(ROOM)?.[0]?.clientId ?? '')
    expect([tab.texts(), tab.drafts.of(ROOM).text]).toEqual([['Sudah jalan'], ''])
  })

  it('survives a reload: drafts stand, and what waits goes out with the same clientId', async () => {
    const before = openTab()
    server.postMessage.mockRejectedValueOnce(new NetworkFailure('gone'))
    await before.say('belum terkirim')
    await before.drafts.write(ROOM, 'setengah kal')
    await vi.waitFor(() => expect(server.postMessage).toHaveBeenCalledTimes(1))
    before.forget()

    const after = openTab()
    await after.restore()
    expect(after.drafts.of(ROOM).text).toBe('setengah kal')
    await vi.waitFor(() => expect(after.seen).toHaveLength(1))
    const [first, second] = server.postMessage.mock.calls.map(([, { clientId }]) => clientId)
    expect(second).toBe(first)
  })

  it('brings back pictures that were chosen, and those that were on their way', async () => {
    const before = openTab(() => true)
    await before.drafts.addPicture(ROOM, picture('p', 700))
    await before.say('lihat ini')
    await before.drafts.addPicture(ROOM, picture('q', 80))
    await vi.waitFor(async () => expect(await restoreOutbox(account)).toHaveLength(1))

    const after = openTab(() => true)
    await after.restore()
    expect(after.outgoing.get(ROOM)?.[0]?.pictures[0]?.file.size).toBe(700)
    expect(after.drafts.of(ROOM).pictures[0]?.file.size).toBe(80)
  })

  it('uploads once more what the server has forgotten by the time it is sent', async () => {
    const uploaded: string[] = []
    server.beginUpload.mockImplementation(async (_id, { clientId, size }) => {
      uploaded.push(clientId)
      return {
        id: clientId,
        conversationId: ROOM,
        size,
        offset: size,
        expiresAt: '',
        attachment: attachment(`picture ${uploaded.length}`),
      }
    })
    server.postMessage
      .mockRejectedValueOnce(new NetworkFailure('gone'))
      .mockRejectedValueOnce(new Problem(422, 'attachment_unusable', 'too late'))
    const tab = openTab()
    await tab.drafts.addPicture(ROOM, picture('p'))
    await tab.say('lihat ini')
    await vi.waitFor(() => expect(server.postMessage).toHaveBeenCalledTimes(1))
    tab.wake()
    await vi.waitFor(() => expect(tab.seen).toHaveLength(1))
    expect(server.postMessage.mock.calls.map(([, { attachments }]) => attachments)).toEqual([
      ['picture 1'],
      ['picture 1'],
      ['picture 2'],
    ])
    expect(new Set(uploaded).size).toBe(2)
  })

  it('shows in every tab what waits, and sends it from one of them', async () => {
    let isOffline = true
    const one = openTab(() => isOffline)
    const two = openTab(() => isOffline)
    await one.say('dari tab satu')
    await vi.waitFor(() => expect(two.texts()).toEqual(['dari tab satu']))
    await two.say('dari tab dua')
    await vi.waitFor(() => expect(one.texts()).toEqual(['dari tab satu', 'dari tab dua']))

    isOffline = false
    one.wake()
    two.wake()
    await vi.waitFor(() => expect([one.texts(), two.texts()]).toEqual([[], []]))
    await vi.waitFor(() => expect([one.seen.length, two.seen.length]).toEqual([2, 2]))
    expect(posted()).toEqual(['dari tab satu', 'dari tab dua'])
  })

  it('takes away in every tab what is discarded in one', async () => {
    const one = openTab(() => true)
    const two = openTab(() => true)
    await one.say('batal')
    await vi.waitFor(() => expect(two.texts()).toEqual(['batal']))
    one.discard(one.outgoing.get(ROOM)?.[0]?.clientId ?? '')
    await vi.waitFor(() => expect(two.texts()).toEqual([]))
    await vi.waitFor(async () => expect(await restoreOutbox(account)).toEqual([]))
  })

  it('lets drafts follow from tab to tab', async () => {
    const one = openTab()
    const two = openTab()
    await one.drafts.write(ROOM, 'halo')
    await vi.waitFor(() => expect(two.drafts.of(ROOM).text).toBe('halo'))
  })
})
