/** What is asked about payments, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { followNews } from '@/shared/api/news'
import { fetchPayment } from './api'

const PAYMENTS = ['payments']
// Its conversation has begun, its time is booked, or its money is on its way back.
followNews(PAYMENTS, ['conversationStarted', 'consultationChanged'])

export const paymentQuery = defineQueryOptions((transactionId: string) => ({
  key: [...PAYMENTS, transactionId],
  query: () => fetchPayment(transactionId),
}))
