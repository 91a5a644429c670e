import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/bayar/:transactionId', name: 'payment', component: () => import('./pages/PaymentPage.vue'), props: true, meta: { title: 'payments.title', requires: 'user', chrome: 'focus' } },
]
