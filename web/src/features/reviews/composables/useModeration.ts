import { usePages } from '@/shared/api/usePages'
import type { ModeratedReview } from '@/shared/api/types'
import { allReviewsQuery } from '../queries'

/** All reviews, hidden ones too, the newest first. */
export function useModeration() {
  const { items: reviews, put, ...rest } = usePages(() => allReviewsQuery)

  /** A review as it is now, in the place of what was shown. */
  const replace = (review: ModeratedReview) =>
    put(({ consultationId }) => consultationId === review.consultationId, review)

  return { reviews, ...rest, replace }
}
