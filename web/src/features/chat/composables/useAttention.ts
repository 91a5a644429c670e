import { onMounted, onUnmounted, readonly, ref, type Ref } from 'vue'

/** Whether somebody can be looking: the page is on the screen and its window is the one in use. */
export function useAttention(): Readonly<Ref<boolean>> {
  const here = ref(false)
  const look = () => {
    here.value = document.visibilityState === 'visible' && document.hasFocus()
  }
  onMounted(() => {
    look()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('focus', look)
    window.addEventListener('blur', look)
  })
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('focus', look)
    window.removeEventListener('blur', look)
  })
  return readonly(here)
}
