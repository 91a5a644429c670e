import { ref } from 'vue'

/** What screen readers are told next, politely. PageAnnouncer.vue in the shell renders it. */
export const announcement = ref('')

let clear: ReturnType<typeof setTimeout> | undefined

export function announce(text: string): void {
  // The same words twice in a row are only read again when the region was empty in between.
  announcement.value = ''
  clearTimeout(clear)
  requestAnimationFrame(() => {
    announcement.value = text
    clear = setTimeout(() => {
      announcement.value = ''
    }, 5000)
  })
}
