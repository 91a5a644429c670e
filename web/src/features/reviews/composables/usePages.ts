import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useMore } from '@/features/chat/composables/useMore'
import type { Review } from '@/shared/api/types'

interface Page<Item> {
  items: readonly Item[]
  nextCursor?: string | null
}

/** Reviews page by page: those of a doctor, or all. Whose they are may change, and what was asked before counts no more then. */
export function usePages<Item extends Review>(whose: Readonly<Ref<string>>, fetchPage: (whose: string, cursor?: string) => Promise<Page<Item>>) {
  const reviews = shallowRef<readonly Item[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const cursor = ref<string | null>(null)

  async function load(): Promise<void> {
    const asked = whose.value
    isLoading.value = true
    try {
      const page = await fetchPage(asked)
      if (asked !== whose.value) return
      reviews.value = page.items
      cursor.value = page.nextCursor ?? null
      failure.value = null
    } catch (error) {
      if (asked === whose.value) failure.value = error
    } finally {
      if (asked === whose.value) isLoading.value = false
    }
  }

  const more = useMore(async () => {
    const asked = whose.value
    if (cursor.value === null) return
    const page = await fetchPage(asked, cursor.value)
    if (asked !== whose.value) return
    reviews.value = [...(reviews.value ?? []), ...page.items]
    cursor.value = page.nextCursor ?? null
  })

  /** A review as it is now, in the place of what was shown. */
  function replace(review: Item): void {
    reviews.value = reviews.value?.map((shown) => (shown.consultationId === review.consultationId ? review : shown)) ?? null
  }

  watch(
    whose,
    () => {
      reviews.value = null
      cursor.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { reviews, failure, isLoading, hasMore: computed(() => cursor.value !== null), more, load, replace }
}
