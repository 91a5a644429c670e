import { onMounted, onUnmounted, readonly, ref, watch } from 'vue'
import { realtime } from '@/shared/realtime'

/** A reconnect within this time is nobody's business. */
const PATIENCE_MS = 2500

/** Whether messages wait because the server is out of reach. */
export function useSignal() {
  const isCutOff = ref(!navigator.onLine)
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    clearTimeout(timer)
    if (realtime.state.value === 'online' && navigator.onLine) isCutOff.value = false
    else if (!navigator.onLine) isCutOff.value = true
    else
      timer = setTimeout(() => {
        isCutOff.value = true
      }, PATIENCE_MS)
  }

  watch(realtime.state, look, { immediate: true })
  onMounted(() => {
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
  })
  onUnmounted(() => {
    clearTimeout(timer)
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  })
  return { isCutOff: readonly(isCutOff) }
}
