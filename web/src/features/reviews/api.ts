import { api, unwrap } from '@/shared/api/client'
import { Problem } from '@/shared/api/problem'
import type { ModeratedReview, NewReview, OwnReview, Review } from '@/shared/api/types'

const PAGE = 10

const at = (id: string) => ({ params: { path: { id } } })

export const fetchDoctorReviews = (doctorId: string, cursor?: string) =>
  unwrap(api.GET('/api/doctors/{id}/reviews', { params: { path: { id: doctorId }, query: { limit: PAGE, cursor } } }))

export const fetchReviewedConsultation = (id: string) => unwrap(api.GET('/api/consultations/{id}', at(id)))

/** The owner's own review, or null while there is none. */
export async function fetchOwnReview(consultationId: string): Promise<OwnReview | null> {
  try {
    return await unwrap(api.GET('/api/consultations/{id}/review', at(consultationId)))
  } catch (error) {
    if (error instanceof Problem && error.code === 'review_not_found') return null
    throw error
  }
}

export const writeReview = (consultationId: string, review: NewReview) =>
  unwrap(api.POST('/api/consultations/{id}/review', { ...at(consultationId), body: review }))

export const editReview = (consultationId: string, review: NewReview) =>
  unwrap(api.PUT('/api/consultations/{id}/review', { ...at(consultationId), body: review }))

const about = (consultationId: string) => ({ params: { path: { consultationId } } })

/** The vet's one answer. */
export const replyTo = (consultationId: string, text: string): Promise<Review> =>
  unwrap(api.POST('/api/reviews/{consultationId}/reply', { ...about(consultationId), body: { text } }))

export const fetchAllReviews = (cursor?: string) =>
  unwrap(api.GET('/api/admin/reviews', { params: { query: { limit: PAGE, cursor } } }))

export const hideReview = (consultationId: string, reason: string): Promise<ModeratedReview> =>
  unwrap(api.POST('/api/reviews/{consultationId}/hide', { ...about(consultationId), body: { reason } }))

export const showReview = (consultationId: string): Promise<ModeratedReview> =>
  unwrap(api.POST('/api/reviews/{consultationId}/show', about(consultationId)))
