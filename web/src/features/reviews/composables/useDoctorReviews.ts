import type { Ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import type { Review } from '@/shared/api/types'
import { doctorReviewsQuery } from '../queries'

/** What owners said of a doctor, page by page. */
export function useDoctorReviews(doctorId: Readonly<Ref<string>>) {
  const { items: reviews, put, ...rest } = usePages(() => doctorReviewsQuery(doctorId.value))

  /** A review as it is now, in the place of what was shown. */
  const replace = (review: Review) => put(({ consultationId }) => consultationId === review.consultationId, review)

  return { reviews, ...rest, replace }
}
