import { describe, expect, it } from 'vitest'
import { barOption, lineOption } from './chart-options'
import { monthsOf } from './months'

const colors = { leaf: '#0f9d8a', surface: '#ffffff', ink: '#17322f', ink3: '#5c706b', line: '#eee3d5' }
const words = { months: [...'JFMAMJJASOND'], figure: String, short: String, axis: String }
const figures = monthsOf([30, 34, 37, 33, 43, 49, 52, 47, 56, 63, 46, 0], 2026, Date.parse('2026-11-22T08:00:00.000Z'))

interface Point {
  value: number | null
  label?: { show: boolean }
  itemStyle?: { decal?: unknown }
  symbol?: string
}
const seriesOf = (option: { series?: unknown }) => option.series as { data: Point[]; lineStyle?: { type?: unknown } }[]

describe('barOption', () => {
  it('hatches the running month and leaves those to come empty', () => {
    const data = seriesOf(barOption(figures, colors, words))[0]?.data ?? []
    expect(data.map(({ itemStyle }) => itemStyle?.decal !== undefined).indexOf(true)).toBe(10)
    expect(data.filter(({ itemStyle }) => itemStyle?.decal)).toHaveLength(1)
    expect(data[11]?.value).toBeNull()
  })

  it('writes figures on the best and the running month only', () => {
    const data = seriesOf(barOption(figures, colors, words))[0]?.data ?? []
    expect(data.flatMap(({ label }, month) => (label?.show ? [month] : []))).toEqual([9, 10])
  })
})

describe('lineOption', () => {
  it('draws the way into the running month dotted, as a line of its own', () => {
    const [solid, dotted] = seriesOf(lineOption(figures, colors, words))
    expect(solid?.data.map(({ value }) => value)).toEqual([30, 34, 37, 33, 43, 49, 52, 47, 56, 63, null, null])
    expect(dotted?.data.map(({ value }) => value)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      63,
      46,
      null,
    ])
    expect(Array.isArray(dotted?.lineStyle?.type)).toBe(true)
  })

  it('has nothing dotted in a year that is over', () => {
    const past = monthsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2025, Date.parse('2026-11-22T08:00:00.000Z'))
    const [, dotted] = seriesOf(lineOption(past, colors, words))
    expect(dotted?.data.every(({ value }) => value === null)).toBe(true)
  })
})
