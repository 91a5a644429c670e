/** The table of contents: joins the features' routes and says what holds for every page change. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { arrivalFailed, arrived } from '@/app/page-failure'
import { guardRoute } from '@/features/accounts/guard'
import { routes as accounts } from '@/features/accounts/routes'
import { routes as availability } from '@/features/availability/routes'
import { routes as chat } from '@/features/chat/routes'
import { routes as consultations } from '@/features/consultations/routes'
import { routes as doctors } from '@/features/doctors/routes'
import { routes as home } from '@/features/home/routes'
import { routes as licensing } from '@/features/licensing/routes'
import { routes as operations } from '@/features/operations/routes'
import { routes as payments } from '@/features/payments/routes'
import { routes as pets } from '@/features/pets/routes'
import { routes as records } from '@/features/records/routes'
import { routes as reviews } from '@/features/reviews/routes'
import { routes as statistics } from '@/features/statistics/routes'
import { setPageTitle } from '@/shared/a11y/page-title'
import { t } from '@/shared/i18n'

const shell: RouteRecordRaw[] = [
  // The original's address of the dashboard; whose it is follows from the session.
  { path: '/dokter/dashboard/:id', redirect: '/dokter/dashboard' },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('@/app/NotFoundPage.vue'),
    meta: { title: 'app.notFound.title' },
  },
]

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...home,
    ...doctors,
    ...accounts,
    ...payments,
    ...consultations,
    ...chat,
    ...pets,
    ...records,
    ...reviews,
    ...statistics,
    ...availability,
    ...licensing,
    ...operations,
    ...shell,
  ],
  scrollBehavior(to, from, saved) {
    if (saved) return saved
    // A filter in the address is not another page.
    if (to.path === from.path) return to.hash ? { el: to.hash } : false
    return { top: 0 }
  },
})

router.beforeEach(guardRoute)
router.afterEach((to, from, failure) => {
  if (failure) return
  arrived()
  if (to.path !== from.path) setPageTitle(t(to.meta.title))
})
router.onError((error, to) => arrivalFailed(error, to.fullPath))
