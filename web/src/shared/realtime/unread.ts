import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Unread messages over all conversations. The chat feature keeps the count; the navigation wears it as a badge. */
export const useUnread = defineStore('unread', () => {
  const total = ref(0)
  return { total }
})
