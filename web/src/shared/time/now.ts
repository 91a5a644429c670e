/** The clock as something templates can watch. */
import { computed, onMounted, onUnmounted, ref, type Ref } from 'vue'
import { onServer } from './server-clock'

/**
 * Milliseconds since 1970 as the server counts them, renewed while the component lives. Phones stop timers of hidden pages; a return is a
 * tick too.
 */
export function useNow(everyMs = 1000): Readonly<Ref<number>> {
  const device = ref(Date.now())
  const tick = () => {
    device.value = Date.now()
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
  return computed(() => onServer(device.value))
}
