import { onMounted, onUnmounted, readonly, ref, type Ref } from 'vue'

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const look = () => {
    matches.value = list.matches
  }
  onMounted(() => list.addEventListener('change', look))
  onUnmounted(() => list.removeEventListener('change', look))
  return readonly(matches)
}
