/** What ECharts draws: one hue, a quiet grid, figures only where they say something. Pure, so that it can be tested. */
import type { ChartOption } from './chart-engine'
import { bestMonth, labelled, type MonthFigure } from './months'

export interface ChartColors {
  leaf: string
  surface: string
  ink: string
  ink3: string
  line: string
}

export interface ChartWords {
  /** The months' names under the axis. */
  months: string[]
  figure: (value: number) => string
  /** Beside a point of the line, where a long figure may not fit. */
  short: (value: number) => string
  axis: (value: number) => string
}

const FONT = "'Plus Jakarta Sans Variable', 'Plus Jakarta Sans', system-ui, sans-serif"

function frame(figures: readonly MonthFigure[], colors: ChartColors, words: ChartWords, isWhole: boolean) {
  const running = figures.find(({ state }) => state === 'running')?.month
  return {
    animationDuration: 240,
    animationDurationUpdate: 240,
    textStyle: { fontFamily: FONT },
    grid: { top: 28, bottom: 4, left: 4, right: 14, containLabel: true },
    xAxis: {
      type: 'category' as const,
      data: words.months,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: {
        interval: 0,
        color: colors.ink3,
        fontSize: 12,
        formatter: (name: string, index: number) => (index === running ? `{now|${name}}` : name),
        rich: { now: { color: colors.ink, fontWeight: 800 as const, fontSize: 12, fontFamily: FONT } },
      },
    },
    yAxis: {
      type: 'value' as const,
      min: 0,
      minInterval: isWhole ? 1 : 0,
      splitNumber: 3,
      axisLabel: { color: colors.ink3, fontSize: 12, formatter: words.axis },
      splitLine: { lineStyle: { color: colors.line, type: 'dashed' as const } },
    },
    tooltip: {
      trigger: 'axis' as const,
      axisPointer: { type: 'line' as const, lineStyle: { color: colors.ink3, width: 1, type: 'solid' as const } },
      backgroundColor: colors.ink,
      borderWidth: 0,
      padding: [8, 12],
      textStyle: { color: colors.surface, fontFamily: FONT, fontWeight: 700 as const, fontSize: 13 },
      renderMode: 'richText' as const,
      formatter: (shown: unknown) => {
        const index = (shown as { dataIndex: number }[])[0]?.dataIndex ?? 0
        return `${words.months[index]}  ${words.figure(figures[index]?.value ?? 0)}`
      },
    },
  }
}

/** Bars; the month that runs is hatched, since it is not full yet. */
export function barOption(figures: readonly MonthFigure[], colors: ChartColors, words: ChartWords): ChartOption {
  const marked = labelled(figures)
  return {
    ...frame(figures, colors, words, true),
    series: [
      {
        type: 'bar',
        barMaxWidth: 28,
        barCategoryGap: '38%',
        data: figures.map(({ month, value, state }) => ({
          value: state === 'toCome' ? null : value,
          label: {
            show: marked.has(month),
            position: 'top' as const,
            formatter: words.figure(value),
            color: colors.ink,
            fontWeight: 800 as const,
            fontSize: 12,
            fontFamily: FONT,
          },
          itemStyle:
            state === 'running'
              ? {
                  color: colors.surface,
                  borderColor: colors.leaf,
                  borderWidth: 1.5,
                  borderRadius: [6, 6, 0, 0],
                  decal: {
                    symbol: 'rect',
                    color: colors.leaf,
                    dashArrayX: [1, 0] as [number, number],
                    dashArrayY: [3, 4] as [number, number],
                    rotation: -Math.PI / 4,
                  },
                }
              : { color: colors.leaf, borderRadius: [6, 6, 0, 0] },
        })),
      },
    ],
  }
}

/** A line; the way into the month that runs is dotted, and its end is hollow. */
export function lineOption(figures: readonly MonthFigure[], colors: ChartColors, words: ChartWords): ChartOption {
  const running = figures.find(({ state }) => state === 'running')
  const best = bestMonth(figures)
  const marked = labelled(figures)
  const over = figures.map(({ value, state }) => (state === 'over' ? value : null))
  const tail = figures.map(({ month, value, state }) =>
    state === 'running' || (running && month === running.month - 1) ? value : null,
  )
  // On the side where the line is not
  const isFalling = (figure: MonthFigure) => figure.value < (figures[figure.month - 1]?.value ?? 0)
  const label = (figure: MonthFigure) => ({
    show: marked.has(figure.month),
    position: isFalling(figure) ? ('bottom' as const) : ('top' as const),
    distance: 8,
    align: figure.month === 11 ? ('right' as const) : ('center' as const),
    formatter: words.short(figure.value),
    color: colors.ink,
    fontWeight: 800 as const,
    fontSize: 12,
    fontFamily: FONT,
  })
  return {
    ...frame(figures, colors, words, false),
    series: [
      {
        type: 'line',
        data: over.map((value, month) => ({
          value,
          symbol: month === best?.month ? 'circle' : 'none',
          symbolSize: 10,
          label: label(figures[month] as MonthFigure),
        })),
        showSymbol: true,
        smooth: 0.25,
        smoothMonotone: 'x',
        lineStyle: { color: colors.leaf, width: 3 },
        itemStyle: { color: colors.leaf, borderColor: colors.surface, borderWidth: 2 },
        areaStyle: {
          color: {
            type: 'linear',
            x: 0,
            y: 0,
            x2: 0,
            y2: 1,
            colorStops: [
              { offset: 0, color: `${colors.leaf}2e` },
              { offset: 1, color: `${colors.leaf}00` },
            ],
          },
        },
      },
      {
        type: 'line',
        data: tail.map((value, month) => ({
          value,
          symbol: month === running?.month ? 'circle' : 'none',
          symbolSize: 11,
          itemStyle: { color: colors.surface, borderColor: colors.leaf, borderWidth: 3 },
          label: month === running?.month ? label(running) : { show: false },
        })),
        showSymbol: true,
        lineStyle: { color: colors.leaf, width: 3, type: [0.5, 6], cap: 'round' },
      },
    ],
  }
}
