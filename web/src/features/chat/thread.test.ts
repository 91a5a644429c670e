import { describe, expect, it } from 'vitest'
import { message } from './testing'
import {
  emptyThread,
  firstSeq,
  hasNewer,
  hasOlder,
  isBehind,
  jumpTo,
  lastSeq,
  merge,
  shownOf,
  threadOf,
  toNewest,
} from './thread'

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

describe('a part that somebody jumped to', () => {
  const newest = threadOf(page(50, 51, 52))
  const jumped = jumpTo(newest, page(10, 12, 11))

  it('is shown instead of the newest, which stay known', () => {
    expect(seqs(shownOf(jumped))).toEqual([10, 11, 12])
    expect(seqs(jumped.messages)).toEqual([50, 51, 52])
    expect([firstSeq(jumped), lastSeq(jumped), hasOlder(jumped), hasNewer(jumped)]).toEqual([10, 52, true, true])
  })

  it('grows at both ends, and the newest grow beside it', () => {
    const grown = merge(merge(merge(jumped, page(8, 9)), page(13, 14)), page(53))
    expect(seqs(shownOf(grown))).toEqual([8, 9, 10, 11, 12, 13, 14])
    expect(seqs(grown.messages)).toEqual([50, 51, 52, 53])
    expect(grown.ahead).toEqual([])
  })

  it('is a part no more once it meets the newest', () => {
    const met = merge(
      jumped,
      Array.from({ length: 37 }, (_, index) => message(index + 13)),
    )
    expect(hasNewer(met)).toBe(false)
    expect(seqs(shownOf(met))).toEqual(Array.from({ length: 43 }, (_, index) => index + 10))
  })

  it('is none when the newest hold it, or when it stands right before them', () => {
    expect(hasNewer(jumpTo(newest, page(51)))).toBe(false)
    const touching = jumpTo(newest, page(48, 49))
    expect(hasNewer(touching)).toBe(false)
    expect(seqs(touching.messages)).toEqual([48, 49, 50, 51, 52])
  })

  it('gives way to another one, and to the newest', () => {
    expect(seqs(shownOf(jumpTo(jumped, page(30, 31))))).toEqual([30, 31])
    expect(toNewest(jumped)).toEqual(newest)
    expect(toNewest(newest)).toBe(newest)
    expect(jumpTo(jumped, [])).toEqual(newest)
  })

  it('changes nothing about what was missed at the end', () => {
    const early = merge(jumped, page(55))
    expect(isBehind(early, 55)).toBe(true)
    expect(seqs(merge(early, page(53, 54)).messages)).toEqual([50, 51, 52, 53, 54, 55])
    expect(seqs(shownOf(merge(early, page(53, 54))))).toEqual([10, 11, 12])
  })

  it('stays the very same when nothing new came', () => {
    expect(merge(jumped, page(11, 51))).toBe(jumped)
  })
})
