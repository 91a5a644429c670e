import { describe, expect, it } from 'vitest'
import type { PetWeight } from '@/shared/api/types'
import { changeAt, gramsOf, pointsOf } from './weights'

const weight = (measuredOn: string, grams: number): PetWeight => ({ id: measuredOn, measuredOn, grams })
const newestFirst = [weight('2026-11-24', 4_600), weight('2026-11-14', 4_700), weight('2026-11-04', 4_500)]

describe('what is typed as a weight', () => {
  it.each([
    ['4,6', 4_600],
    ['4.6', 4_600],
    [' 4,65 kg ', 4_650],
    ['0,085', 85],
    ['12', 12_000],
    ['200', 200_000],
  ])('%s is %i grams', (typed, grams) => expect(gramsOf(typed)).toBe(grams))

  it.each(['', '0', '0,0', '200,001', '4,6,1', 'empat', '-3', '4600000', '1e3'])('%s is none', (typed) =>
    expect(gramsOf(typed)).toBeNull(),
  )
})

describe('the line of weights', () => {
  it('goes from the oldest to the newest, by days', () => {
    expect(pointsOf(newestFirst).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0.5, 1],
      [1, 0.5],
    ])
  })

  it('shows the last twelve', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      weight(`2026-10-${String(30 - index).padStart(2, '0')}`, 4_000 + index),
    )
    expect(pointsOf(many)).toHaveLength(12)
    expect(pointsOf(many).at(-1)?.weight.measuredOn).toBe('2026-10-30')
  })

  it('copes with one, with equal ones and with none', () => {
    expect(pointsOf([])).toEqual([])
    expect(pointsOf([weight('2026-11-24', 4_600)]).map(({ x, y }) => [x, y])).toEqual([[1, 0.5]])
    expect(pointsOf([weight('2026-11-24', 4_600), weight('2026-11-23', 4_600)]).map(({ y }) => y)).toEqual([0.5, 0.5])
  })

  it('says how much it changed', () => {
    expect(changeAt(newestFirst, 0)).toBe(-100)
    expect(changeAt(newestFirst, 2)).toBeNull()
  })
})
