import { describe, expect, it } from 'vitest'
import { message } from './testing'
import { emptyThread, firstSeq, hasOlder, isBehind, lastSeq, merge, threadOf } from './thread'

const seqs = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq)
const page = (...all: number[]) => all.map((seq) => message(seq))

describe('merge', () => {
  it('shows a message once, however often and by whichever way it comes', () => {
    const thread = threadOf(page(1, 2))
    const again = merge(merge(thread, page(2, 3)), page(3, 1, 3))
    expect(seqs(again.messages)).toEqual([1, 2, 3])
  })

  it('stays the very same when nothing new came, so that nothing is drawn anew', () => {
    const thread = threadOf(page(1, 2))
    expect(merge(thread, page(2))).toBe(thread)
    expect(merge(thread, page(3)).messages[0]).toBe(thread.messages[0])
  })

  it('orders by seq, not by arrival', () => {
    expect(seqs(merge(threadOf(page(1)), page(3, 2)).messages)).toEqual([1, 2, 3])
  })

  it('holds back what came before its predecessor, and shows both when that is here', () => {
    const early = merge(threadOf(page(1, 2)), page(4, 5))
    expect(seqs(early.messages)).toEqual([1, 2])
    expect(seqs(early.ahead)).toEqual([4, 5])
    const filled = merge(early, page(3))
    expect(seqs(filled.messages)).toEqual([1, 2, 3, 4, 5])
    expect(filled.ahead).toEqual([])
  })

  it('puts older pages in front', () => {
    const thread = merge(threadOf(page(7, 8)), page(5, 6))
    expect(seqs(thread.messages)).toEqual([5, 6, 7, 8])
    expect(hasOlder(thread)).toBe(true)
    expect(hasOlder(merge(thread, page(1, 2, 3, 4)))).toBe(false)
  })

  it('begins an empty conversation at 1', () => {
    expect(seqs(merge(emptyThread, page(1)).messages)).toEqual([1])
    expect(seqs(merge(emptyThread, page(2)).ahead)).toEqual([2])
    expect(firstSeq(emptyThread)).toBe(1)
    expect(lastSeq(emptyThread)).toBe(0)
  })
})

describe('isBehind', () => {
  it('sees a gap, and a conversation that is known to go on', () => {
    expect(isBehind(threadOf(page(1, 2)), 2)).toBe(false)
    expect(isBehind(threadOf(page(1, 2)), 3)).toBe(true)
    expect(isBehind(merge(threadOf(page(1)), page(3)), 1)).toBe(true)
  })
})
