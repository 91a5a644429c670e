import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useMore } from './useMore'

export interface Page<Item> {
  items: readonly Item[]
  nextCursor?: string | null
}

/**
 * A list that comes page by page, about a `key` that may change: a doctor, a filter. What was asked for about another key, or before
 * the list was loaded anew, counts no more.
 */
export function usePages<Key, Item>(key: Readonly<Ref<Key>>, fetchPage: (key: Key, cursor?: string) => Promise<Page<Item>>) {
  const items = shallowRef<readonly Item[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const cursor = ref<string | null>(null)
  let visit = 0

  /** From the beginning. What is shown stays until the answer is there. */
  async function load(): Promise<void> {
    visit += 1
    const asked = visit
    isLoading.value = true
    try {
      const page = await fetchPage(key.value)
      if (asked !== visit) return
      items.value = page.items
      cursor.value = page.nextCursor ?? null
      failure.value = null
    } catch (error) {
      if (asked === visit) failure.value = error
    } finally {
      if (asked === visit) isLoading.value = false
    }
  }

  const more = useMore(async () => {
    const asked = visit
    if (cursor.value === null) return
    const page = await fetchPage(key.value, cursor.value)
    if (asked !== visit) return
    items.value = [...(items.value ?? []), ...page.items]
    cursor.value = page.nextCursor ?? null
  })

  /** Puts an item as it is now in the place of what was shown; null takes it out of the list, where it belongs no more. */
  function put(isIt: (shown: Item) => boolean, now: Item | null): void {
    items.value = items.value?.flatMap((shown) => (isIt(shown) ? (now ?? []) : shown)) ?? null
  }

  watch(
    key,
    () => {
      items.value = null
      cursor.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { items, failure, isLoading, hasMore: computed(() => cursor.value !== null), more, load, put }
}
