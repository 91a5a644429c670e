import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/konsultasi',
    name: 'consultations',
    component: () => import('./pages/ConsultationsPage.vue'),
    meta: { title: 'consultations.title', requires: 'account' },
  },
  {
    path: '/konsultasi/:id',
    name: 'consultation',
    component: () => import('./pages/ConsultationPage.vue'),
    props: true,
    meta: { title: 'consultations.one', requires: 'account', chrome: 'focus' },
  },
]
