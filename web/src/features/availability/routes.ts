import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/dokter/jadwal',
    name: 'availability',
    component: () => import('./pages/AvailabilityPage.vue'),
    meta: { title: 'availability.title', requires: 'dokter' },
  },
]
