// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { announce } from '@/shared/a11y/announce'
import { useSpokenTime } from './useSpokenTime'

vi.mock('@/shared/a11y/announce')
const said = vi.mocked(announce)
beforeEach(() => said.mockClear())

it('a quarter of an hour that runs out by the second is spoken of twice', async () => {
  const left = ref(900_000)
  effectScope().run(() => useSpokenTime(() => left.value, String))
  for (; left.value > 0; left.value -= 1_000) await nextTick()
  expect(said).toHaveBeenCalledTimes(2)
})

it('a clock that is put right is spoken of once', async () => {
  const left = ref(7_200_000)
  effectScope().run(() => useSpokenTime(() => left.value, String))
  left.value = 30_000
  await nextTick()
  expect(said).toHaveBeenCalledTimes(1)
})
