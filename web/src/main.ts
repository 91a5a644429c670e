import './styles/index.css'
import 'virtual:ui-colors.css'
import './app/route-meta'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { catchFailures } from './app/failures'
import { tolerateForeignDom } from './app/foreign-dom'
import { joinKeepers } from './app/keepers'
import { followScheme } from './app/scheme'
import { router } from './router'
import { cacheOptions } from './shared/api/cache'
import { i18n, restoreLocale } from './shared/i18n'

// Shows the shared shapes to those who build with them. What is built knows nothing of it, so it is no line among the routes.
if (import.meta.env.DEV)
  router.addRoute({
    path: '/design',
    component: () => import('./design/DesignPage.vue'),
    meta: { title: 'home.title' },
  })

followScheme()
joinKeepers()
tolerateForeignDom()

const app = createApp(App).use(createPinia()).use(PiniaColada, cacheOptions).use(i18n).use(router)
catchFailures(app, router)

// Words first: a page that starts in one language and turns into another reads as broken. If English does not arrive,
// Indonesian is there.
void restoreLocale()
  .catch(() => undefined)
  .then(() => app.mount('#app'))
