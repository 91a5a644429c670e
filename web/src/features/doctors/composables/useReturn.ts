import { onMounted, onUnmounted } from 'vue'

/** When somebody comes back to the tab. */
export function useReturn(act: () => unknown): void {
  const look = () => {
    if (document.visibilityState === 'visible') act()
  }
  onMounted(() => document.addEventListener('visibilitychange', look))
  onUnmounted(() => document.removeEventListener('visibilitychange', look))
}
