import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/chat/:conversationId',
    name: 'chat',
    component: () => import('./pages/ChatPage.vue'),
    props: true,
    meta: { title: 'chat.title', requires: 'account', chrome: 'focus', fill: true },
  },
]
