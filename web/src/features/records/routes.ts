import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/konsultasi/:id/catatan',
    name: 'record',
    component: () => import('./pages/RecordPage.vue'),
    props: true,
    meta: { title: 'records.form.title', requires: 'dokter', chrome: 'focus' },
  },
  {
    path: '/konsultasi/:id/ringkasan',
    name: 'summary',
    component: () => import('./pages/SummaryPage.vue'),
    props: true,
    meta: { title: 'records.summary.title', requires: 'account', chrome: 'focus' },
  },
  {
    path: '/verifikasi/:code?',
    name: 'verify',
    component: () => import('./pages/VerifyPage.vue'),
    props: true,
    meta: { title: 'records.verify.title', footer: true },
  },
  {
    path: '/dokter/balasan',
    name: 'replies',
    component: () => import('./pages/RepliesPage.vue'),
    meta: { title: 'records.replies.title', requires: 'dokter', chrome: 'focus' },
  },
]
