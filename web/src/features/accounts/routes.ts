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
    path: '/lupa-sandi',
    name: 'forgot-password',
    component: () => import('./pages/ForgotPasswordPage.vue'),
    meta: { title: 'accounts.forgot.documentTitle', chrome: 'bare' },
  },
  {
    path: '/sandi-baru',
    name: 'new-password',
    component: () => import('./pages/NewPasswordPage.vue'),
    meta: { title: 'accounts.newPassword.documentTitle', chrome: 'bare' },
  },
  {
    path: '/akun/keamanan',
    name: 'security',
    component: () => import('./pages/SecurityPage.vue'),
    meta: { title: 'accounts.security.title', chrome: 'focus', requires: 'account' },
  },
  {
    path: '/akun',
    name: 'account',
    component: () => import('./pages/AccountPage.vue'),
    meta: { title: 'accounts.profile.title' },
  },
]
