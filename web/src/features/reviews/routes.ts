import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/konsultasi/:id/ulasan',
    name: 'review',
    component: () => import('./pages/ReviewPage.vue'),
    props: true,
    meta: { title: 'reviews.title', requires: 'user', chrome: 'focus' },
  },
  {
    path: '/dokter/ulasan',
    name: 'own-reviews',
    component: () => import('./pages/OwnReviewsPage.vue'),
    meta: { title: 'reviews.own.title', requires: 'dokter', chrome: 'focus' },
  },
  {
    path: '/admin/ulasan',
    name: 'moderation',
    component: () => import('./pages/ModerationPage.vue'),
    meta: { title: 'reviews.moderation.title', requires: 'admin' },
  },
]
