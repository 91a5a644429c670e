import { expect, it } from 'vitest'
import type { Bubble, Row } from './rows'
import { saidByOwner } from './said'

const bubble = (seq: number | null, mine: boolean, text: string): Row => {
  const said: Bubble = { key: `${seq}`, seq, mine, text, pictures: [], at: '', delivery: null, outgoing: null }
  return { kind: 'bubble', key: said.key, bubble: said, isFirst: true, isLast: true }
}

it('is what the owner has said last, whoever looks', () => {
  const rows: Row[] = [
    { kind: 'day', key: 'd', at: '' },
    bubble(1, true, 'muntah'),
    bubble(2, false, 'sejak kapan?'),
    bubble(3, true, ''),
    bubble(4, true, 'kejang'),
    bubble(null, true, 'belum terkirim'),
  ]
  expect(saidByOwner(rows, false)).toBe('muntah\nkejang')
  expect(saidByOwner(rows, true)).toBe('sejak kapan?')
  const many = Array.from({ length: 20 }, (_, index) => bubble(index + 1, true, `${index + 1}`))
  expect(saidByOwner(many, false)).toBe('13\n14\n15\n16\n17\n18\n19\n20')
})
