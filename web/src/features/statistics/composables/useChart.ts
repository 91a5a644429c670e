import { onMounted, onUnmounted, ref, watch, type ShallowRef } from 'vue'
import type { ChartOption } from '../chart-engine'
import type { ChartColors } from '../chart-options'

type Chart = ReturnType<typeof import('../chart-engine').createChart>

function colorsOf(place: HTMLElement): ChartColors {
  const style = getComputedStyle(place)
  const color = (name: string) => style.getPropertyValue(`--color-${name}`).trim()
  return {
    leaf: color('leaf'),
    surface: color('surface'),
    ink: color('ink'),
    ink3: color('ink-3'),
    line: color('line'),
  }
}

/** Draws into an element: anew when what `changes` reads, its size or the colour scheme change. */
export function useChart(
  place: Readonly<ShallowRef<HTMLElement | null>>,
  option: (colors: ChartColors, width: number) => ChartOption,
  changes: () => unknown,
) {
  const state = ref<'loading' | 'drawn' | 'failed'>('loading')
  let chart: Chart | null = null
  let isGone = false

  function draw(): void {
    if (!chart || !place.value) return
    chart.setOption(option(colorsOf(place.value), place.value.clientWidth), { notMerge: true })
  }

  const size = new ResizeObserver(() => {
    chart?.resize()
    draw()
  })
  const scheme = new MutationObserver(draw)

  onMounted(async () => {
    try {
      const { createChart } = await import('../chart-engine')
      if (isGone || !place.value) return
      chart = createChart(place.value)
      state.value = 'drawn'
      draw()
      size.observe(place.value)
      scheme.observe(document.documentElement, { attributeFilter: ['class'] })
    } catch {
      state.value = 'failed'
    }
  })
  onUnmounted(() => {
    isGone = true
    size.disconnect()
    scheme.disconnect()
    chart?.dispose()
  })
  watch(changes, draw)

  return { state }
}
