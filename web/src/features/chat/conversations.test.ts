import { describe, expect, it } from 'vitest'
import { ended, inOrder, mergeConversation, othersRunning, withMark, withMessage } from './conversations'
import { deliveryOf } from './receipts'
import { conversation, ME, message, mine, OTHER } from './testing'

describe('withMessage', () => {
  it('counts what the other wrote as unread, once', () => {
    const first = withMessage(conversation(), message(1), ME)
    expect(first).toMatchObject({ unreadCount: 1, lastSeq: 1 })
    expect(withMessage(first, message(1), ME).unreadCount).toBe(1)
    expect(withMessage(first, message(2), ME)).toMatchObject({ unreadCount: 2, lastSeq: 2 })
  })

  it('counts neither our own messages nor what was read elsewhere already', () => {
    expect(withMessage(conversation(), mine(1), ME).unreadCount).toBe(0)
    expect(withMessage(conversation({ readSeq: 5 }), message(3), ME).unreadCount).toBe(0)
  })

  it('keeps the newest as the last one', () => {
    const known = withMessage(conversation(), message(4), ME)
    expect(withMessage(known, message(2), ME).lastMessage?.seq).toBe(4)
  })

  it('takes the ticks that a message of ours carries', () => {
    expect(withMessage(conversation(), mine(3, { status: 'read' }), ME)).toMatchObject({
      counterpartReadSeq: 3,
      counterpartDeliveredSeq: 3,
    })
    expect(
      withMessage(
        conversation({ counterpartReadSeq: 9, counterpartDeliveredSeq: 9 }),
        mine(3, { status: 'delivered' }),
        ME,
      ),
    ).toMatchObject({ counterpartReadSeq: 9 })
  })
})

describe('receipts', () => {
  it('only grow', () => {
    const read = withMark(conversation({ lastSeq: 9 }), { userId: OTHER, seq: 7, kind: 'read' }, ME, [])
    expect(read).toMatchObject({ counterpartReadSeq: 7, counterpartDeliveredSeq: 7 })
    const late = withMark(read ?? conversation(), { userId: OTHER, seq: 4, kind: 'read' }, ME, [])
    expect(late).toMatchObject({ counterpartReadSeq: 7, counterpartDeliveredSeq: 7 })
    const delivered = withMark(late ?? conversation(), { userId: OTHER, seq: 9, kind: 'delivered' }, ME, [])
    expect(delivered).toMatchObject({ counterpartReadSeq: 7, counterpartDeliveredSeq: 9 })
  })

  it('say how far each message has come', () => {
    const marks = { counterpartDeliveredSeq: 4, counterpartReadSeq: 2 }
    expect([1, 2, 3, 4, 5].map((seq) => deliveryOf(seq, marks))).toEqual([
      'read',
      'read',
      'delivered',
      'delivered',
      'sent',
    ])
  })

  it('of our own other device clear the count', () => {
    expect(
      withMark(conversation({ lastSeq: 3, unreadCount: 2 }), { userId: ME, seq: 3, kind: 'read' }, ME, []),
    ).toMatchObject({ unreadCount: 0, readSeq: 3 })
  })

  it('of a part leave the rest, if the messages here can tell', () => {
    const known = [message(1), message(2), mine(3), message(4)]
    const about = conversation({ lastSeq: 4, unreadCount: 3 })
    expect(withMark(about, { userId: ME, seq: 2, kind: 'read' }, ME, known)).toMatchObject({ unreadCount: 1 })
    expect(withMark(about, { userId: ME, seq: 2, kind: 'read' }, ME, [])).toBeNull()
  })

  it('that are no news change nothing', () => {
    expect(
      withMark(
        conversation({ lastSeq: 4, readSeq: 2, unreadCount: 1, deliveredSeq: 4 }),
        { userId: ME, seq: 1, kind: 'read' },
        ME,
        [],
      ),
    ).toMatchObject({ unreadCount: 1, readSeq: 2 })
  })
})

describe('mergeConversation', () => {
  it('takes the server at its word', () => {
    expect(mergeConversation(undefined, conversation({ unreadCount: 3 })).unreadCount).toBe(3)
    expect(
      mergeConversation(
        conversation({ unreadCount: 3, lastSeq: 3 }),
        conversation({ unreadCount: 0, lastSeq: 3, readSeq: 3 }),
      ).unreadCount,
    ).toBe(0)
  })

  it('does not go back to an answer that is older than what events told', () => {
    const known = conversation({
      lastSeq: 5,
      readSeq: 5,
      unreadCount: 0,
      counterpartReadSeq: 4,
      lastMessage: message(5),
    })
    const merged = mergeConversation(
      known,
      conversation({ lastSeq: 4, readSeq: 2, unreadCount: 2, counterpartReadSeq: 1, lastMessage: message(4) }),
    )
    expect(merged).toMatchObject({ lastSeq: 5, readSeq: 5, unreadCount: 0, counterpartReadSeq: 4 })
    expect(merged.lastMessage?.seq).toBe(5)
  })

  it('never reopens what has ended', () => {
    const over = ended(conversation(), '2026-11-22T03:00:00.000Z')
    expect(mergeConversation(over, conversation())).toMatchObject({
      status: 'ended',
      endedAt: '2026-11-22T03:00:00.000Z',
    })
  })
})

describe('inOrder', () => {
  it('has running ones first, then by the last thing that happened', () => {
    const old = conversation({ id: 'old', lastMessage: message(1) })
    const fresh = conversation({ id: 'fresh', lastMessage: message(9) })
    const over = conversation({ id: 'over', status: 'ended', lastMessage: message(50) })
    expect(inOrder([over, old, fresh]).map(({ id }) => id)).toEqual(['fresh', 'old', 'over'])
  })
})

describe('othersRunning', () => {
  it('has the others in the order in which they began, whatever was said in them since', () => {
    const later = conversation({ id: 'later', createdAt: '2026-11-22T03:00:00.000Z', lastMessage: message(1) })
    const earlier = conversation({ id: 'earlier', createdAt: '2026-11-22T02:00:00.000Z' })
    expect(othersRunning([later, conversation({ id: 'here' }), earlier], 'here').map(({ id }) => id)).toEqual([
      'earlier',
      'later',
    ])
  })
})
