import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/dokter',
    name: 'doctors',
    component: () => import('./pages/DirectoryPage.vue'),
    meta: { title: 'doctors.directory.title', footer: true },
  },
  {
    path: '/dokter/:id',
    name: 'doctor',
    component: () => import('./pages/DoctorPage.vue'),
    props: true,
    meta: { title: 'doctors.profile.title', chrome: 'focus' },
  },
]
