import { api, unwrap } from '@/shared/api/client'

export const fetchPayment = (transactionId: string) =>
  unwrap(api.GET('/api/payment/{transactionId}', { params: { path: { transactionId } } }))

/** Asks the gateway now, instead of waiting for its own word. */
export const refreshPayment = (transactionId: string) =>
  unwrap(api.POST('/api/payment/{transactionId}/refresh', { params: { path: { transactionId } } }))
