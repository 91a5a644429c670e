import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useMore } from '@/features/chat/composables/useMore'
import type { Review } from '@/shared/api/types'
import { fetchDoctorReviews } from '../api'

/** What owners said of a doctor, page by page. */
export function useDoctorReviews(doctorId: Readonly<Ref<string>>) {
  const reviews = shallowRef<readonly Review[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const cursor = ref<string | null>(null)

  async function load(): Promise<void> {
    const asked = doctorId.value
    isLoading.value = true
    try {
      const page = await fetchDoctorReviews(asked)
      if (asked !== doctorId.value) return
      reviews.value = page.items
      cursor.value = page.nextCursor ?? null
      failure.value = null
    } catch (error) {
      if (asked === doctorId.value) failure.value = error
    } finally {
      if (asked === doctorId.value) isLoading.value = false
    }
  }

  const more = useMore(async () => {
    const asked = doctorId.value
    if (cursor.value === null) return
    const page = await fetchDoctorReviews(asked, cursor.value)
    if (asked !== doctorId.value) return
    reviews.value = [...(reviews.value ?? []), ...page.items]
    cursor.value = page.nextCursor ?? null
  })

  watch(
    doctorId,
    () => {
      reviews.value = null
      cursor.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { reviews, failure, isLoading, hasMore: computed(() => cursor.value !== null), more, load }
}
