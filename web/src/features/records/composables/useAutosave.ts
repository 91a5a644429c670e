import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { NetworkFailure, Problem } from '@/shared/api/problem'

/** After the last key; short enough that little is lost, long enough not to ask at every letter. */
const PAUSE_MS = 1_200
const RETRY_MS = 8_000

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed'

/** What another try may mend: no signal, a busy server. A refusal stands until the text is another. */
const mayPass = (error: unknown) =>
  error instanceof NetworkFailure || (error instanceof Problem && (error.status >= 500 || error.status === 429))

/** Saves by itself what is being written: after a pause, one call at a time, the newest words last. `save` sends the text as it is then. */
export function useAutosave(save: () => Promise<unknown>) {
  const edits = ref(0)
  const kept = ref(0)
  const isSaving = ref(false)
  const failure = shallowRef<unknown>(null)
  let underWay: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isGone = false

  const isUnsaved = computed(() => kept.value < edits.value)
  const state = computed<SaveState>(() => {
    if (isSaving.value) return 'saving'
    if (failure.value) return 'failed'
    return isUnsaved.value ? 'waiting' : 'saved'
  })

  function later(pause: number): void {
    clearTimeout(timer)
    if (!isGone) timer = setTimeout(() => void flush(), pause)
  }

  async function saveAll(): Promise<void> {
    isSaving.value = true
    try {
      while (isUnsaved.value) {
        const upTo = edits.value
        await save()
        kept.value = upTo
      }
      failure.value = null
    } catch (error) {
      failure.value = error
      if (mayPass(error)) later(RETRY_MS)
    } finally {
      isSaving.value = false
    }
  }

  /** Something was written. */
  function touched(): void {
    edits.value += 1
    later(PAUSE_MS)
  }

  /** Saves what is not saved yet, now. Never throws: whether it went well is in `isUnsaved`. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    if (!isUnsaved.value && !underWay) return Promise.resolve()
    underWay ??= saveAll().finally(() => (underWay = null))
    return underWay
  }

  const onOnline = () => void flush()
  // A phone may never come back to a page that is out of sight.
  const onHidden = () => {
    if (document.visibilityState === 'hidden') void flush()
  }
  onMounted(() => {
    window.addEventListener('online', onOnline)
    document.addEventListener('visibilitychange', onHidden)
  })
  onUnmounted(() => {
    isGone = true
    clearTimeout(timer)
    window.removeEventListener('online', onOnline)
    document.removeEventListener('visibilitychange', onHidden)
  })

  return { state, isUnsaved, failure, touched, flush }
}
