// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, nextTick } from 'vue'
import { useNow } from './now'
import { forgetServerTime, learnTime } from './server-clock'

const NOON = Date.UTC(2026, 10, 30, 5)

beforeEach(() => vi.useFakeTimers({ now: NOON }))
afterEach(() => {
  vi.useRealTimers()
  forgetServerTime()
})

it('a countdown follows the server at once, however seldom it ticks', async () => {
  const shown = mount(
    defineComponent(() => {
      const now = useNow(60_000)
      return () => Math.round((now.value - NOON) / 3_600_000)
    }),
  )
  expect(shown.text()).toBe('0')
  learnTime(new Headers({ date: new Date(NOON + 7_200_000).toUTCString() }), NOON, NOON)
  await nextTick()
  expect(shown.text()).toBe('2')
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(shown.text()).toBe('3')
  shown.unmount()
})
