/** What is asked about reviews, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchAllReviews, fetchDoctorReviews, fetchOwnReview, fetchReviewedConsultation } from './api'

export const OF_DOCTORS = ['reviews', 'of']

export const doctorReviewsQuery = (doctorId: string) =>
  pagesQuery([...OF_DOCTORS, doctorId], (cursor) => fetchDoctorReviews(doctorId, cursor))

export const reviewedConsultationQuery = defineQueryOptions((id: string) => ({
  key: ['reviews', 'about', id],
  query: () => fetchReviewedConsultation(id),
}))

/** The owner's own review, or null while there is none. */
export const ownReviewQuery = defineQueryOptions((consultationId: string) => ({
  key: ['reviews', 'own', consultationId],
  query: () => fetchOwnReview(consultationId),
}))

/** All reviews, hidden ones too, the newest first. */
export const allReviewsQuery = pagesQuery(['reviews', 'all'], (cursor) => fetchAllReviews(cursor))
