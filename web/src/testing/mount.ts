/** Mounts a component as the app would: with words, stores, the cache, icons and a router that knows any address. For tests only. */
import ui from '@nuxt/ui/vue-plugin'
import { PiniaColada } from '@pinia/colada'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { cacheOptions } from '@/shared/api/cache'
import { i18n } from '@/shared/i18n'

export async function mountInApp(component: Component, props: Record<string, unknown> = {}, address = '/') {
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null }, meta: { title: 'app.notFound.title' } }],
  })
  await router.push(address)
  return mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [pinia, [PiniaColada, cacheOptions], i18n, router, ui] },
  })
}
