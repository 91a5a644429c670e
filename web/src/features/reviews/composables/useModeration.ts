import { ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import type { ModeratedReview } from '@/shared/api/types'
import { fetchAllReviews } from '../api'

/** All reviews, hidden ones too, the newest first. */
export function useModeration() {
  const { items: reviews, put, ...rest } = usePages(ref('all'), (_all, cursor) => fetchAllReviews(cursor))

  /** A review as it is now, in the place of what was shown. */
  const replace = (review: ModeratedReview) => put(({ consultationId }) => consultationId === review.consultationId, review)

  return { reviews, ...rest, replace }
}
