import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useMore } from '@/features/chat/composables/useMore'
import type { TimelineEntry } from '@/shared/api/types'
import { fetchTimeline } from '../api'

/** What happened to a pet, page by page. After a change it is asked anew from the beginning. */
export function useTimeline(id: Readonly<Ref<string>>) {
  const entries = shallowRef<readonly TimelineEntry[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const cursor = ref<string | null>(null)
  let visit = 0

  async function load(): Promise<void> {
    visit += 1
    const asked = visit
    isLoading.value = true
    try {
      const page = await fetchTimeline(id.value)
      if (asked !== visit) return
      entries.value = page.items
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
    const page = await fetchTimeline(id.value, cursor.value)
    if (asked !== visit) return
    entries.value = [...(entries.value ?? []), ...page.items]
    cursor.value = page.nextCursor ?? null
  })

  watch(
    id,
    () => {
      entries.value = null
      cursor.value = null
      void load()
    },
    { immediate: true },
  )

  return { entries, failure, isLoading, hasMore: computed(() => cursor.value !== null), more, load }
}
