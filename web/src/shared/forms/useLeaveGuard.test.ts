// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, nextTick } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { useLeaveGuard } from './useLeaveGuard'

describe('leaving', () => {
  let router: Router
  let guard: ReturnType<typeof useLeaveGuard>
  let unsaved = false
  let save: (() => Promise<void>) | undefined

  beforeEach(async () => {
    unsaved = false
    save = undefined
    const Form = defineComponent({
      setup() {
        guard = useLeaveGuard(
          () => unsaved,
          async () => save?.(),
        )
        return () => null
      },
    })
    const meta = { title: 'app.notFound.title' } as const
    router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/form', component: Form, meta },
        { path: '/other', component: { render: () => null }, meta },
      ],
    })
    await router.push('/form')
    mount(RouterView, { global: { plugins: [router] } })
    await nextTick()
  })

  it('asks nothing when all is saved', async () => {
    await router.push('/other')
    expect(router.currentRoute.value.path).toBe('/other')
  })

  it('stays until somebody agrees', async () => {
    unsaved = true
    const stayed = router.push('/other')
    await expect.poll(() => guard.isAsking.value).toBe(true)
    guard.isAsking.value = false
    await stayed
    expect(router.currentRoute.value.path).toBe('/form')

    const left = router.push('/other')
    await expect.poll(() => guard.isAsking.value).toBe(true)
    guard.leave()
    await left
    expect(router.currentRoute.value.path).toBe('/other')
  })

  it('asks only about what could not be saved on the way', async () => {
    unsaved = true
    save = () => Promise.resolve(void (unsaved = false))
    await router.push('/other')
    expect(guard.isAsking.value).toBe(false)
    expect(router.currentRoute.value.path).toBe('/other')
  })

  it('keeps a tab from being closed', () => {
    const close = () => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(close()).toBe(false)
    unsaved = true
    expect(close()).toBe(true)
  })
})
