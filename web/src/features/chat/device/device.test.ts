import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { attachment, conversation, ME, message, picture, ROOM, written } from '../testing'
import { clearBefore, clearDevice, onDevice } from './database'
import { forgetConversation, keepConversations, keptConversations, keptMessages } from './conversation-storage'
import { keepDraft, readDraft, restoreDrafts } from './draft-storage'
import { change, forget, keep, read, readUnsent, restore, takeBack, waiting } from './outbox-storage'
import { sweepPictures } from './picture-storage'

const bytesKept = () => onDevice((device) => device.getAllKeys('pictures'))
const names = async (accountId: string) => (await restore(accountId)).map(({ clientId }) => clientId)

/** As the composer does: the picture is kept with the draft, and the message takes both. */
async function send(accountId: string, item: ReturnType<typeof written>) {
  await keepDraft(accountId, item.conversationId, () => ({ text: item.text, pictures: item.pictures }), item.pictures)
  await keep(accountId, item)
}

describe('what is kept on the device', () => {
  afterEach(async () => {
    await clearDevice(ME)
    await clearDevice('somebody else')
  })

  it('comes back in the order of writing, waiting, for the same account only', async () => {
    await send(ME, written('b'))
    await send(ME, written('a', { state: 'sending' }))
    await send('somebody else', written('x'))
    expect((await restore(ME)).map(({ clientId, state }) => `${clientId} ${state}`)).toEqual(['a waiting', 'b waiting'])
    expect(await waiting(ME, ROOM)).toEqual(new Set(['a', 'b']))
    expect(await read(ME, 'x')).toBeNull()
  })

  it('has the pictures, byte for byte, and how far their uploads are', async () => {
    await send(ME, written('a', { pictures: [picture('p', 700), picture('q', 9, { attachment: attachment('q') })] }))
    await change(
      ME,
      written('a', {
        pictures: [picture('p', 700, { uploadId: 'u1' }), picture('q', 9, { attachment: attachment('q') })],
      }),
    )
    const [item] = await restore(ME)
    expect(item?.pictures).toMatchObject([
      { id: 'p', uploadId: 'u1', uploadKey: 'key of p', width: 4, progress: 0 },
      { id: 'q', attachment: attachment('q'), progress: 1 },
    ])
    expect(item?.pictures[0]?.file).toMatchObject({ size: 700, type: 'image/jpeg' })
  })

  it('takes the place of its draft', async () => {
    await keepDraft(ME, ROOM, () => ({ text: 'Miko mun', pictures: [] }))
    expect(await readDraft(ME, ROOM)).toMatchObject({ text: 'Miko mun' })
    await keep(ME, written('a'))
    expect(await readDraft(ME, ROOM)).toBeNull()
  })

  it('is gone once it was sent, bytes too, and does not come back by a late change', async () => {
    const item = written('a', { pictures: [picture('p')] })
    await send(ME, item)
    await forget(item)
    await change(ME, item)
    expect(await names(ME)).toEqual([])
    expect(await bytesKept()).toEqual([])
  })

  it('remembers why the server did not take it', async () => {
    await send(ME, written('a'))
    await change(
      ME,
      written('a', {
        state: 'refused',
        failure: new Problem(422, 'validation_failed', 'Foto rusak', [], null, null, {
          errors: [{ field: 'file', code: 'image_broken', message: 'Foto rusak' }],
        }),
      }),
    )
    const [item] = await restore(ME)
    expect(item).toMatchObject({
      state: 'refused',
      failure: { status: 422, code: 'validation_failed', message: 'Foto rusak', errors: [{ code: 'image_broken' }] },
    })
  })

  it('holds drafts with their pictures, until they are empty', async () => {
    await keepDraft(ME, ROOM, () => ({ text: 'lihat', pictures: [picture('p')] }), [picture('p')])
    expect((await restoreDrafts(ME)).get(ROOM)).toMatchObject({ text: 'lihat', pictures: [{ id: 'p' }] })
    await keepDraft(ME, ROOM, () => ({ text: '', pictures: [] }))
    expect(await restoreDrafts(ME)).toEqual(new Map())
  })

  it('leaves a draft alone that was taken while its picture was read', async () => {
    await keep(ME, written('a', { pictures: [picture('p')] }))
    await keepDraft(ME, ROOM, () => undefined, [picture('p')])
    expect(await readDraft(ME, ROOM)).toBeNull()
    expect((await restore(ME))[0]?.pictures).toHaveLength(1)
  })

  it('loses what nobody has any more', async () => {
    await keepDraft(ME, ROOM, () => undefined, [picture('left over')])
    await send(ME, written('a', { pictures: [picture('p')] }))
    await sweepPictures(ME)
    expect(await bytesKept()).toEqual(['p'])
  })

  it('can be told before it would be lost', async () => {
    await send(ME, written('a'))
    await keepDraft(ME, 'another room', () => ({ text: 'half a sentence', pictures: [] }))
    await keepDraft(ME, 'empty room', () => ({ text: ' ', pictures: [] }))
    await send('somebody else', written('x'))
    expect(await readUnsent(ME)).toEqual({ messages: [['a', ROOM]], drafts: ['another room'] })
  })

  it('becomes a draft again, with its pictures', async () => {
    const item = written('a', { state: 'refused', pictures: [picture('p', 700)] })
    await send(ME, item)
    await takeBack(ME, item, item)
    expect(await names(ME)).toEqual([])
    expect(await readDraft(ME, ROOM)).toMatchObject({ text: 'a', pictures: [{ id: 'p', file: { size: 700 } }] })
  })

  it('goes with its age, whosever it is, and what has no date gets one', async () => {
    await send('somebody else', written('x', { writtenAt: '2026-11-01T00:00:00.000Z', pictures: [picture('p')] }))
    await send(ME, written('y', { writtenAt: '2026-11-20T00:00:00.000Z', pictures: [picture('q')] }))
    await keepDraft(ME, ROOM, () => ({ text: 'of today', pictures: [] }))
    await onDevice((device) =>
      device.put('drafts', { accountId: ME, conversationId: 'old', text: 'of an earlier release', pictures: [] }),
    )
    await clearBefore(Date.parse('2026-11-15T00:00:00.000Z'))
    expect([await names('somebody else'), await names(ME), await bytesKept()]).toEqual([[], ['y'], ['q']])
    expect([...(await restoreDrafts(ME)).keys()].sort()).toEqual(['old', ROOM].sort())
    await clearBefore(Date.now() + 1_000)
    expect((await restoreDrafts(ME)).size).toBe(0)
  })

  it('is kept again after another tab deleted everything', async () => {
    await keepDraft(ME, ROOM, () => ({ text: 'before', pictures: [] }))
    await new Promise((done) => (indexedDB.deleteDatabase('hellopet').onsuccess = done))
    await keepDraft(ME, ROOM, () => ({ text: 'after', pictures: [] }))
    expect(await readDraft(ME, ROOM)).toMatchObject({ text: 'after' })
  })

  it('is kept again after the connection was closed under its hands', async () => {
    await onDevice(async (device) => device.close())
    await keepDraft(ME, ROOM, () => ({ text: 'after', pictures: [] }))
    expect(await readDraft(ME, ROOM)).toMatchObject({ text: 'after' })
  })

  it('goes when somebody signs out on purpose', async () => {
    await send(ME, written('a', { pictures: [picture('p')] }))
    await keepDraft(ME, 'another room', () => ({ text: 'half a sentence', pictures: [] }))
    await send('somebody else', written('x'))
    await clearDevice(ME)
    expect([await names(ME), (await restoreDrafts(ME)).size, await bytesKept()]).toEqual([[], 0, []])
    expect(await names('somebody else')).toEqual(['x'])
  })
})

describe('what was last read', () => {
  afterEach(async () => {
    await clearDevice(ME)
    await clearDevice('somebody else')
  })

  it('comes back for the same account only, with the newest messages', async () => {
    const messages = Array.from({ length: 90 }, (_, index) => message(index + 1))
    await keepConversations(ME, [{ conversation: conversation({ lastSeq: 90 }), messages }])
    await keepConversations('somebody else', [{ conversation: conversation({ id: 'other room' }) }])
    expect((await keptConversations(ME)).map(({ id, lastSeq }) => [id, lastSeq])).toEqual([[ROOM, 90]])
    const kept = await keptMessages(ME, ROOM)
    expect([kept?.length, kept?.at(0)?.seq, kept?.at(-1)?.seq]).toEqual([60, 31, 90])
  })

  it('keeps the messages of one that is only known from the list by now', async () => {
    await keepConversations(ME, [{ conversation: conversation(), messages: [message(1)] }])
    await keepConversations(ME, [{ conversation: conversation({ lastSeq: 2 }) }])
    expect(await keptMessages(ME, ROOM)).toHaveLength(1)
  })

  it('does not grow without end', async () => {
    const rooms = Array.from({ length: 40 }, (_, index) => ({
      conversation: conversation({
        id: `r${index}`,
        createdAt: new Date(index * 1000).toISOString(),
        status: index === 0 ? 'active' : 'ended',
      }),
    }))
    // As the server's list has them, then something of an old one once more.
    await keepConversations(ME, rooms.toReversed())
    await keepConversations(ME, rooms.slice(5, 6))
    const ids = (await keptConversations(ME)).map(({ id }) => id)
    expect(ids).toHaveLength(30)
    expect(ids).toContain('r0')
    expect(ids).not.toContain('r5')
    expect(ids).toContain('r39')
  })

  it('goes with the sign-out, with its age, and when it is not ours any more', async () => {
    await keepConversations(ME, [{ conversation: conversation() }, { conversation: conversation({ id: 'lost' }) }])
    await forgetConversation(ME, 'lost')
    expect(await keptConversations(ME)).toHaveLength(1)
    await clearBefore(Date.now() - 60_000)
    expect(await keptConversations(ME)).toHaveLength(1)
    await clearBefore(Date.now() + 60_000)
    expect(await keptConversations(ME)).toEqual([])
    await keepConversations(ME, [{ conversation: conversation() }])
    await clearDevice(ME)
    expect(await keptConversations(ME)).toEqual([])
  })
})
