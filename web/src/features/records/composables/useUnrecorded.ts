import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { useMore } from '@/shared/api/useMore'
import type { Consultation } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { fetchUnrecorded } from '../api'

/** The vet's ended consultations that wait for their summary. */
export function useUnrecorded() {
  const consultations = shallowRef<readonly Consultation[] | null>(null)
  const cursor = ref<string | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    isLoading.value = true
    try {
      const page = await fetchUnrecorded()
      consultations.value = page.items
      cursor.value = page.nextCursor ?? null
      failure.value = null
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  const hasMore = computed(() => cursor.value !== null)
  const more = useMore(async () => {
    if (cursor.value === null) return
    const page = await fetchUnrecorded(cursor.value)
    consultations.value = [...(consultations.value ?? []), ...page.items]
    cursor.value = page.nextCursor ?? null
  })

  const stops: (() => void)[] = []
  onMounted(() => {
    void load()
    for (const news of ['consultationChanged', 'conversationEnded'] as const) stops.push(realtime.onEvent(news, () => void load()))
  })
  onUnmounted(() => {
    for (const stop of stops) stop()
  })

  return { consultations, failure, isLoading, hasMore, more, load }
}
