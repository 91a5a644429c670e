import { computed, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { FoundMessage } from '@/shared/api/types'
import { searchMessages } from '../api'
import { LONGEST_SEARCH, SHORTEST_SEARCH } from '../snippet'
import { useMore } from '@/shared/api/useMore'

/** One who types quickly asks once. */
const PAUSE_MS = 300

/** Searches one's own messages, or those of one conversation, while somebody types. Only the answer to the last words counts. */
export function useMessageSearch(words: Readonly<Ref<string>>, conversationId?: string) {
  const results = shallowRef<readonly FoundMessage[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const cursor = ref<string | null>(null)
  /** What the results are about. */
  const searched = ref('')
  let pause: ReturnType<typeof setTimeout> | undefined
  let call = new AbortController()

  const wanted = computed(() => [...words.value.trim()].slice(0, LONGEST_SEARCH).join(''))
  const isLongEnough = computed(() => [...wanted.value].length >= SHORTEST_SEARCH)

  /** Pages may be empty and yet go on: the server looks through a bounded part of the messages at a time. */
  async function fetchPage(
    signal: AbortSignal,
    from?: string,
  ): Promise<{ items: FoundMessage[]; next: string | null }> {
    for (let at = from; ;) {
      const page = await searchMessages({ q: searched.value, conversationId, cursor: at }, signal)
      at = page.nextCursor ?? undefined
      if (page.items.length > 0 || at === undefined) return { items: page.items, next: at ?? null }
    }
  }

  async function search(): Promise<void> {
    clearTimeout(pause)
    call.abort()
    call = new AbortController()
    const { signal } = call
    searched.value = wanted.value
    isLoading.value = true
    failure.value = null
    try {
      const page = await fetchPage(signal)
      if (signal.aborted) return
      results.value = page.items
      cursor.value = page.next
    } catch (error) {
      if (!signal.aborted) failure.value = error
    } finally {
      if (!signal.aborted) isLoading.value = false
    }
  }

  function reset(): void {
    clearTimeout(pause)
    call.abort()
    results.value = null
    failure.value = null
    isLoading.value = false
    cursor.value = null
  }

  const more = useMore(async () => {
    const { signal } = call
    if (cursor.value === null) return
    const page = await fetchPage(signal, cursor.value)
    if (signal.aborted) return
    results.value = [...(results.value ?? []), ...page.items]
    cursor.value = page.next
  })

  watch(
    wanted,
    () => {
      if (!isLongEnough.value) return reset()
      clearTimeout(pause)
      pause = setTimeout(() => void search(), PAUSE_MS)
    },
    { immediate: true },
  )
  onUnmounted(reset)

  return {
    results,
    failure,
    isLoading,
    isLongEnough,
    searched,
    hasMore: computed(() => cursor.value !== null),
    more,
    search,
  }
}
