import { computed, onUnmounted, ref, watch } from 'vue'
import { isNavigationFailure, NavigationFailureType, useRoute, useRouter } from 'vue-router'
import { useChat } from '../store'

/** Long enough to find the message with one's eyes. */
const SHOWN_MS = 2600

/** The message that the address names (`?seq=`): brought into the list, and marked for a moment. */
export function useJump(id: string, isReady: () => boolean) {
  const chat = useChat()
  const route = useRoute()
  const router = useRouter()

  const target = computed(() => {
    const seq = Number(route.query.seq)
    return Number.isSafeInteger(seq) && seq > 0 ? seq : null
  })
  /** The message that is marked now. */
  const found = ref<number | null>(null)
  const isJumping = ref(target.value !== null)
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function jump(seq: number): Promise<void> {
    clearTimeout(timer)
    found.value = null
    isJumping.value = true
    try {
      failed.value = !(await chat.jump(id, seq))
      if (!failed.value) found.value = seq
    } catch {
      failed.value = true
    } finally {
      isJumping.value = false
    }
    timer = setTimeout(() => {
      found.value = null
    }, SHOWN_MS)
  }

  watch(
    () => [isReady(), target.value] as const,
    ([ready, seq]) => {
      if (ready && seq !== null) void jump(seq)
    },
    { immediate: true },
  )

  // The same message chosen again is the same address, which nothing else would notice.
  const stopListening = router.afterEach((_to, _from, failure) => {
    if (isNavigationFailure(failure, NavigationFailureType.duplicated)) again()
  })

  function again(): void {
    if (isReady() && target.value !== null) void jump(target.value)
  }

  /** Back to the newest messages. */
  function leave(): void {
    chat.toNewest(id)
    failed.value = false
    if (target.value !== null) void router.replace({ query: { ...route.query, seq: undefined } })
  }

  onUnmounted(() => {
    stopListening()
    clearTimeout(timer)
    // Whoever comes back without naming a message wants the newest.
    chat.toNewest(id)
  })
  return { found, isJumping, failed, leave, again }
}
