import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/bayar/:transactionId',
    name: 'payment',
    component: () => import('./pages/PaymentPage.vue'),
    props: true,
    meta: { title: 'payments.title', requires: 'user', chrome: 'focus' },
  },
  {
    path: '/admin/dana-kembali',
    name: 'refunds',
    component: () => import('./pages/RefundsPage.vue'),
    meta: { title: 'payments.refunds.title', requires: 'admin', chrome: 'focus' },
  },
  {
    path: '/admin/laporan-gateway',
    name: 'gateway-reports',
    component: () => import('./pages/GatewayReportsPage.vue'),
    meta: { title: 'payments.reports.title', requires: 'admin', chrome: 'focus' },
  },
]
