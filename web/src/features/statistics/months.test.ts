import { describe, expect, it } from 'vitest'
import { bestMonth, jakartaMonth, labelled, monthsOf, runningMonth, total } from './months'

const AT = Date.parse('2026-11-22T08:00:00.000Z')
const values = [30, 34, 37, 33, 43, 49, 52, 47, 56, 63, 46, 0]

describe('jakartaMonth', () => {
  it('turns at midnight of Jakarta, not of the device or of UTC', () => {
    expect(jakartaMonth(Date.parse('2026-10-31T16:59:59.000Z'))).toEqual({ year: 2026, month: 9 })
    expect(jakartaMonth(Date.parse('2026-10-31T17:00:00.000Z'))).toEqual({ year: 2026, month: 10 })
    expect(jakartaMonth(Date.parse('2026-12-31T17:00:00.000Z'))).toEqual({ year: 2027, month: 0 })
  })
})

describe('monthsOf', () => {
  it('tells what is over, what runs and what is to come', () => {
    const states = monthsOf(values, 2026, AT).map(({ state }) => state)
    expect(states).toEqual([...Array(10).fill('over'), 'running', 'toCome'])
  })

  it('knows no running month in another year', () => {
    expect(monthsOf(values, 2025, AT).every(({ state }) => state === 'over')).toBe(true)
    expect(monthsOf(values, 2027, AT).every(({ state }) => state === 'toCome')).toBe(true)
  })

  it('takes months that the server left out as nothing', () => {
    expect(monthsOf([5], 2026, AT).map(({ value }) => value)).toEqual([5, ...Array(11).fill(0)])
  })
})

describe('what stands out', () => {
  it('is the best month and the running one', () => {
    const figures = monthsOf(values, 2026, AT)
    expect(bestMonth(figures)?.month).toBe(9)
    expect(runningMonth(figures)?.value).toBe(46)
    expect([...labelled(figures)]).toEqual([9, 10])
    expect(total(figures)).toBe(490)
  })

  it('is nothing in a year without any', () => {
    const figures = monthsOf([], 2026, AT)
    expect(bestMonth(figures)).toBeNull()
    expect(labelled(figures).size).toBe(0)
  })

  it('is one month when the running one is the best', () => {
    expect([...labelled(monthsOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0], 2026, AT))]).toEqual([10])
  })
})
