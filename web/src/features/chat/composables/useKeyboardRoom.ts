import { computed, onMounted, onUnmounted, ref } from 'vue'

/**
 * The on-screen keyboard covers the page on iOS instead of shrinking it (elsewhere the viewport tag makes it shrink). The visual
 * viewport says what is left; paddings keep head and composer inside of it.
 */
export function useKeyboardRoom() {
  const above = ref(0)
  const below = ref(0)
  const viewport = window.visualViewport

  function measure(): void {
    if (!viewport) return
    // A pinch changes the viewport too, and means to see more of the page, not less.
    const isPinched = viewport.scale > 1.01
    above.value = isPinched ? 0 : Math.max(0, Math.round(viewport.offsetTop))
    below.value = isPinched ? 0 : Math.max(0, Math.round(window.innerHeight - viewport.height - viewport.offsetTop))
  }

  onMounted(() => {
    measure()
    viewport?.addEventListener('resize', measure)
    viewport?.addEventListener('scroll', measure)
  })
  onUnmounted(() => {
    viewport?.removeEventListener('resize', measure)
    viewport?.removeEventListener('scroll', measure)
  })

  return { room: computed(() => ({ paddingBlockStart: `${above.value}px`, paddingBlockEnd: `${below.value}px` })) }
}
