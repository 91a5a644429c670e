import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/masuk',
    name: 'sign-in',
    component: () => import('./pages/SignInPage.vue'),
    meta: { title: 'accounts.signIn.documentTitle', chrome: 'bare', visitorsOnly: true },
  },
  {
    path: '/daftar',
    name: 'register',
    component: () => import('./pages/RegisterPage.vue'),
    meta: { title: 'accounts.register.documentTitle', chrome: 'bare', visitorsOnly: true },
  },
  {
    path: '/akun',
    name: 'account',
    component: () => import('./pages/AccountPage.vue'),
    meta: { title: 'accounts.profile.title' },
  },
]
