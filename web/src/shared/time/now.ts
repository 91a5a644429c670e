/** The clock as something templates can watch. */
import { onMounted, onUnmounted, readonly, ref, type Ref } from 'vue'

/** Milliseconds since 1970, renewed while the component lives. Phones stop timers of hidden pages; a return is a tick too. */
export function useNow(everyMs = 1000): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const tick = () => {
    now.value = Date.now()
  }
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    tick()
    timer = setInterval(tick, everyMs)
    document.addEventListener('visibilitychange', tick)
  })
  onUnmounted(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return readonly(now)
}
