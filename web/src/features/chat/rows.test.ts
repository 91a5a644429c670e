import { describe, expect, it } from 'vitest'
import type { Outgoing } from './outgoing'
import { rowsOf, type RowOptions } from './rows'
import { attachment, ME, message, mine, ROOM } from './testing'

const options: RowOptions = {
  me: ME,
  zone: 'Asia/Jakarta',
  marks: { counterpartDeliveredSeq: 2, counterpartReadSeq: 1 },
  previews: new Map(),
  startedAt: null,
  isFollowUp: false,
  endedAt: null,
  arrival: null,
}

const waiting = (clientId: string, writtenAt = '2026-11-22T02:00:30.000Z'): Outgoing => ({
  clientId,
  conversationId: ROOM,
  text: clientId,
  pictures: [],
  writtenAt,
  state: 'waiting',
  failure: null,
})

const kinds = (rows: ReturnType<typeof rowsOf>) => rows.map(({ kind }) => kind)
const bubbles = (rows: ReturnType<typeof rowsOf>) => rows.flatMap((row) => (row.kind === 'bubble' ? [row] : []))

describe('rowsOf', () => {
  it('puts what waits after what is stored, in the order of writing', () => {
    const rows = rowsOf([message(1), mine(2)], [waiting('a'), waiting('b')], options)
    expect(bubbles(rows).map(({ bubble }) => bubble.text)).toEqual(['text 1', 'text 2', 'a', 'b'])
  })

  it('keeps the key of a message of ours from writing to stored, so that its bubble stays', () => {
    const [before] = bubbles(rowsOf([], [waiting('c1')], options))
    const [after] = bubbles(rowsOf([mine(1)], [], options))
    expect(before?.key).toBe(after?.key)
  })

  it('shows ticks on our messages only', () => {
    const rows = bubbles(rowsOf([mine(1), mine(2), mine(3), message(4)], [], options))
    expect(rows.map(({ bubble }) => bubble.delivery)).toEqual(['read', 'delivered', 'sent', null])
  })

  it('gathers runs of one sender, and gives the last of each the tail', () => {
    const rows = bubbles(rowsOf([message(1), message(2), mine(3), mine(4), message(5)], [], options))
    expect(rows.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [false, true],
      [true, true],
    ])
  })

  it('begins a new run after a pause', () => {
    const rows = bubbles(rowsOf([message(1), message(2, { createdAt: '2026-11-22T02:20:00.000Z' })], [], options))
    expect(rows.map(({ isFirst }) => isFirst)).toEqual([true, true])
  })

  it('parts days by the viewer’s zone', () => {
    const late = message(1, { createdAt: '2026-11-22T16:59:00.000Z' })
    const early = message(2, { createdAt: '2026-11-22T17:01:00.000Z' })
    expect(kinds(rowsOf([late, early], [], options))).toEqual(['day', 'bubble', 'day', 'bubble'])
    expect(kinds(rowsOf([late, early], [], { ...options, zone: 'Asia/Jayapura' }))).toEqual(['day', 'bubble', 'bubble'])
  })

  it('says when the consultation began and ended, what failed after that below', () => {
    const rows = rowsOf([message(1)], [waiting('late', '2026-11-22T02:10:00.000Z')], {
      ...options,
      startedAt: '2026-11-22T02:00:00.000Z',
      endedAt: '2026-11-22T02:05:00.000Z',
    })
    expect(kinds(rows)).toEqual(['day', 'started', 'bubble', 'ended', 'bubble'])
  })

  it('shows pictures that were sent from here from here', () => {
    const [row] = bubbles(
      rowsOf([mine(1, { attachments: [attachment('p')] })], [], { ...options, previews: new Map([['p', 'blob:1']]) }),
    )
    expect(row?.bubble.pictures[0]).toMatchObject({ url: 'blob:1', thumbnailUrl: 'blob:1', width: 4, progress: 1 })
  })

  it('shows pictures of the other side small first', () => {
    const [row] = bubbles(rowsOf([message(1, { attachments: [attachment('p')] })], [], options))
    expect(row?.bubble.pictures[0]).toMatchObject({
      url: '/api/attachments/p',
      thumbnailUrl: '/api/attachments/p/thumbnail',
    })
  })

  it('show a message once that is stored while the device still wants to send it', () => {
    const shown = bubbles(rowsOf([mine(1, { clientId: 'sent' })], [waiting('sent'), waiting('later')], options))
    expect(shown.map(({ key }) => key)).toEqual(['sent', 'later'])
  })

  it('say whether a consultation began or the questions after it', () => {
    const began = (isFollowUp: boolean) =>
      rowsOf([], [], { ...options, isFollowUp, startedAt: '2026-11-22T02:00:00.000Z' }).at(-1)?.kind
    expect([began(false), began(true)]).toEqual(['started', 'resumed'])
  })

  describe('the line above what is new', () => {
    const from = (readSeq: number, messages = [message(1), message(2), mine(3), message(4)], count = 1) =>
      rowsOf(messages, [], { ...options, arrival: { readSeq, count } })
    const after = (rows: ReturnType<typeof rowsOf>) => rows[rows.findIndex(({ kind }) => kind === 'unread') + 1]?.key

    it('stands above the first of the other side that was not read, and parts its run', () => {
      const rows = from(1)
      expect(kinds(rows)).toEqual(['day', 'bubble', 'unread', 'bubble', 'bubble', 'bubble'])
      expect(after(rows)).toBe('m2')
      expect(bubbles(rows).map(({ isFirst, isLast }) => [isFirst, isLast])[0]).toEqual([true, true])
    })

    it('passes over what was written here', () => {
      expect(after(from(2))).toBe('m4')
    })

    it('is not drawn where everything was read, nor where the first unread one is not here yet', () => {
      expect(kinds(from(4))).not.toContain('unread')
      expect(kinds(from(1, [message(5), message(6)]))).not.toContain('unread')
      expect(kinds(from(4, [message(5), message(6)]))).toContain('unread')
    })
  })
})
