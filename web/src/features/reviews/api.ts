import { api, unwrap } from '@/shared/api/client'
import { Problem } from '@/shared/api/problem'
import type { NewReview, OwnReview } from '@/shared/api/types'

const PAGE = 10

const at = (id: string) => ({ params: { path: { id } } })

export const fetchDoctorReviews = (doctorId: string, cursor?: string) => unwrap(api.GET('/api/doctors/{id}/reviews', { params: { path: { id: doctorId }, query: { limit: PAGE, cursor } } }))

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

export const writeReview = (consultationId: string, review: NewReview) => unwrap(api.POST('/api/consultations/{id}/review', { ...at(consultationId), body: review }))

export const editReview = (consultationId: string, review: NewReview) => unwrap(api.PUT('/api/consultations/{id}/review', { ...at(consultationId), body: review }))
