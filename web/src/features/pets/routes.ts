import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/hewan',
    name: 'pets',
    component: () => import('./pages/PetsPage.vue'),
    meta: { title: 'pets.title', requires: 'user' },
  },
  {
    path: '/hewan/baru',
    name: 'new-pet',
    component: () => import('./pages/NewPetPage.vue'),
    meta: { title: 'pets.form.new', requires: 'user', chrome: 'focus' },
  },
  {
    path: '/hewan/:id',
    name: 'pet',
    component: () => import('./pages/PetPage.vue'),
    props: true,
    meta: { title: 'pets.one', requires: 'user', chrome: 'focus' },
  },
  {
    path: '/hewan/:id/ubah',
    name: 'edit-pet',
    component: () => import('./pages/EditPetPage.vue'),
    props: true,
    meta: { title: 'pets.form.edit', requires: 'user', chrome: 'focus' },
  },
]
