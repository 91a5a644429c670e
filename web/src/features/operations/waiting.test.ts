import { expect, it } from 'vitest'
import { inFigures, ofList, ofPage } from './waiting'

it.each([
  [ofPage({ items: [], nextCursor: null }), '0'],
  [ofPage({ items: [1, 2, 3] }), '3'],
  [ofPage({ items: [1, 2], nextCursor: 'there' }), '2+'],
  [ofList([1], 2), '1'],
  [ofList([1, 2], 2), '2+'],
])('%o is said as %s', (waiting, words) => expect(inFigures(waiting)).toBe(words))
