import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/konsultasi/:id/ulasan', name: 'review', component: () => import('./pages/ReviewPage.vue'), props: true, meta: { title: 'reviews.title', requires: 'user', chrome: 'focus' } },
]
