import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/dokter/daftar',
    name: 'apply',
    component: () => import('./pages/ApplicationPage.vue'),
    meta: { title: 'licensing.apply.title', requires: 'user', chrome: 'focus' },
  },
  {
    path: '/dokter/profil',
    name: 'practice',
    component: () => import('./pages/PracticePage.vue'),
    meta: { title: 'licensing.practice.title', requires: 'dokter', chrome: 'focus' },
  },
  {
    path: '/admin/dokter',
    name: 'applicants',
    component: () => import('./pages/ApplicantsPage.vue'),
    meta: { title: 'licensing.admin.title', requires: 'admin' },
  },
  {
    path: '/admin/dokter/:id',
    name: 'applicant',
    component: () => import('./pages/ApplicantPage.vue'),
    props: true,
    meta: { title: 'licensing.admin.one', requires: 'admin', chrome: 'focus' },
  },
]
