import { onMounted, onUnmounted } from 'vue'
import { useDoctors } from '../store'

/** The directory for a page that shows it: fetched on arrival, and again when somebody returns to the tab later. */
export function useFreshDoctors() {
  const store = useDoctors()
  const onReturn = () => {
    if (document.visibilityState === 'visible') void store.loadIfStale()
  }
  onMounted(() => {
    void store.loadIfStale()
    document.addEventListener('visibilitychange', onReturn)
  })
  onUnmounted(() => document.removeEventListener('visibilitychange', onReturn))
  return store
}
