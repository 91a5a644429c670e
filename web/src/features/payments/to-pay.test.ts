// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { createRouter, createWebHistory } from 'vue-router'
import { TO_PAY, takeToPay } from './to-pay'

const page = { render: () => null }
afterEach(() => window.history.replaceState(null, ''))

it('is taken once, and not again on the way back', async () => {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/bayar/:id', component: page },
      { path: '/:rest(.*)*', component: page },
    ],
  })
  await router.push('/dokter/d1')
  expect(takeToPay()).toBe(false)
  await router.push({ path: '/bayar/t1', state: TO_PAY })
  expect([takeToPay(), takeToPay()]).toEqual([true, false])
  await router.push('/konsultasi')
  expect(takeToPay()).toBe(false)
  const back = new Promise((resolve) => router.afterEach(resolve))
  router.back()
  await back
  expect(router.currentRoute.value.path).toBe('/bayar/t1')
  expect(takeToPay()).toBe(false)
})
