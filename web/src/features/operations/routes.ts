import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin',
    name: 'queue',
    component: () => import('./pages/QueuePage.vue'),
    meta: { title: 'operations.queue.title', requires: 'admin' },
  },
  {
    path: '/admin/pekerjaan',
    name: 'dead-jobs',
    component: () => import('./pages/DeadJobsPage.vue'),
    meta: { title: 'operations.jobs.title', requires: 'admin', chrome: 'focus' },
  },
]
