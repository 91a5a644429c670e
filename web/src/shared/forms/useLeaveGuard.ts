/** Asks before unsaved work is left behind: on the way to another page, and when the tab closes. */
import { onMounted, onUnmounted, ref, watch } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

/** `save` is tried first, where leaving is no reason to lose what can still be saved. */
export function useLeaveGuard(isUnsaved: () => boolean, save?: () => Promise<void>) {
  /** The question is on the screen; whoever closes it stays. */
  const isAsking = ref(false)
  let answer: (mayLeave: boolean) => void = () => undefined

  onBeforeRouteLeave(async () => {
    if (isUnsaved()) await save?.()
    if (!isUnsaved()) return true
    isAsking.value = true
    return new Promise<boolean>((resolve) => {
      answer = resolve
    })
  })

  function leave(): void {
    answer(true)
    isAsking.value = false
  }
  watch(isAsking, (asks) => {
    if (!asks) answer(false)
  })

  const onUnload = (event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', onUnload))
  onUnmounted(() => window.removeEventListener('beforeunload', onUnload))

  return { isAsking, leave }
}
