import { ref, shallowRef, watch, type Ref } from 'vue'
import type { Consultation, OwnReview } from '@/shared/api/types'
import { fetchOwnReview, fetchReviewedConsultation } from '../api'

/** A consultation and what its owner said of it so far. */
export function useReviewed(consultationId: Readonly<Ref<string>>) {
  const consultation = shallowRef<Consultation | null>(null)
  const review = shallowRef<OwnReview | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)

  async function load(): Promise<void> {
    const asked = consultationId.value
    isLoading.value = true
    try {
      const [about, said] = await Promise.all([fetchReviewedConsultation(asked), fetchOwnReview(asked)])
      if (asked !== consultationId.value) return
      consultation.value = about
      review.value = said
      failure.value = null
    } catch (error) {
      if (asked === consultationId.value) failure.value = error
    } finally {
      if (asked === consultationId.value) isLoading.value = false
    }
  }

  watch(
    consultationId,
    () => {
      consultation.value = null
      review.value = null
      void load()
    },
    { immediate: true },
  )

  return { consultation, review, failure, isLoading, load }
}
