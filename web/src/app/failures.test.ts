// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, onMounted, ref, type Component } from 'vue'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import AppShell from './AppShell.vue'
import { breaksPage, catchFailures } from './failures'
import { clearPageFailure } from './page-failure'

vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve(null) }))
vi.mock('@/features/consultations/api')
const toast = vi.hoisted(() => ({ add: vi.fn() }))
vi.mock('@nuxt/ui/composables/useToast', () => ({ useToast: () => toast }))

it.each([
  ['setup function', true],
  ['render function', true],
  ['component update', true],
  ['native event handler', false],
  ['component event handler', false],
  ['watcher callback', false],
  ['mounted hook', false],
  ['https://vuejs.org/error-reference/#runtime-0', true],
  ['https://vuejs.org/error-reference/#runtime-1', true],
  ['https://vuejs.org/error-reference/#runtime-5', false],
  ['https://vuejs.org/error-reference/#runtime-m', false],
])('an error in the %s breaks the page: %s', (info, breaks) => expect(breaksPage(info)).toBe(breaks))

describe('an error on a page', () => {
  let shell: VueWrapper
  const said = vi.fn()

  beforeEach(() => {
    toast.add.mockClear()
    said.mockClear()
    vi.spyOn(console, 'error').mockImplementation(said)
  })
  afterEach(() => {
    shell.unmount()
    clearPageFailure()
  })

  async function show(page: Component) {
    shell = await mountInApp(AppShell)
    const { $router: router } = shell.vm
    catchFailures(shell.vm.$.appContext.app, router)
    router.addRoute({ path: '/page', component: page, meta: { title: 'app.notFound.title', chrome: 'bare' } })
    await router.push('/page')
    await flushPromises()
  }

  /** What tells of failures comes with the first of them. */
  async function told() {
    await vi.dynamicImportSettled()
    await flushPromises()
  }

  const button = (press: () => unknown) =>
    defineComponent(() => () => h('button', { class: 'press', onClick: press }, 'Tekan'))

  it.each([
    [
      'thrown',
      () => {
        throw new Error('slip')
      },
    ],
    ['promised', () => Promise.reject(new Error('slip'))],
  ])('behind a button, %s, leaves the page, and says so', async (_how, press) => {
    await show(button(press))
    await shell.find('.press').trigger('click')
    await told()
    expect(shell.find('.press').exists()).toBe(true)
    expect(toast.add).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ color: 'error', description: expect.any(String) }),
    )
    expect(said).toHaveBeenCalledWith(expect.objectContaining({ message: 'slip' }))
  })

  it('after it was shown leaves it', async () => {
    await show(
      defineComponent(() => {
        onMounted(() => {
          throw new Error('slip')
        })
        return () => h('p', { class: 'shown' })
      }),
    )
    expect(shell.find('.shown').exists()).toBe(true)
  })

  it('while it is made has its own page', async () => {
    const isBroken = ref(false)
    await show(
      defineComponent(() => () => {
        if (isBroken.value) throw new Error('slip')
        return h('p', { class: 'shown' })
      }),
    )
    isBroken.value = true
    await flushPromises()
    expect(shell.find('.shown').exists()).toBe(false)
    expect(shell.text()).toContain('Halaman ini')
    expect(said).toHaveBeenCalled()
    expect(toast.add).not.toHaveBeenCalled()
  })

  it('in a promise that nobody waits for is said too, one that was given up is not', async () => {
    await show(button(() => undefined))
    const reject = (reason: unknown) => window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }))
    reject(new DOMException('left', 'AbortError'))
    await told()
    expect(toast.add).not.toHaveBeenCalled()
    reject(new NetworkFailure('gone'))
    await told()
    expect(toast.add).toHaveBeenCalledWith(expect.objectContaining({ id: 'failure' }))
  })
})
