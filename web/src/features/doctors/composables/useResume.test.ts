// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import { useRouter, type Router } from 'vue-router'
import { mountInApp } from '@/testing/mount'
import { useResume } from './useResume'

const SLOT = '2026-11-24T09:30:00.000Z'

describe('coming back from the sign-in', () => {
  let page: VueWrapper
  let router: Router
  const isReady = ref(false)
  const take = vi.fn(() => Promise.resolve())
  const press = vi.fn()

  async function open(address: string) {
    isReady.value = false
    take.mockClear()
    press.mockClear()
    page = await mountInApp(
      defineComponent({
        setup() {
          router = useRouter()
          useResume({ isReady: () => isReady.value, take, press })
          return () => null
        },
      }),
      {},
      address,
    )
    await flushPromises()
  }
  afterEach(() => page.unmount())

  it('presses once, when everything is there, and leaves no trace in the address', async () => {
    await open('/dokter/d1?kapan=jadwal&lanjut=sekarang')
    expect(press).not.toHaveBeenCalled()
    isReady.value = true
    await flushPromises()
    expect([press.mock.calls.length, take.mock.calls.length]).toEqual([1, 0])
    expect(router.currentRoute.value.fullPath).toBe('/dokter/d1?kapan=jadwal')
    isReady.value = false
    await flushPromises()
    isReady.value = true
    await flushPromises()
    expect(press).toHaveBeenCalledTimes(1)
  })

  it('takes the time that was chosen first', async () => {
    await open(`/dokter/d1?lanjut=${SLOT}`)
    isReady.value = true
    await flushPromises()
    expect(take).toHaveBeenCalledWith(SLOT)
    expect(press).toHaveBeenCalledTimes(1)
  })

  it('does nothing for whoever just looks', async () => {
    await open('/dokter/d1')
    isReady.value = true
    await flushPromises()
    expect(press).not.toHaveBeenCalled()
  })
})
