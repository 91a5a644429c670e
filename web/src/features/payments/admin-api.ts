import { api, unwrap } from '@/shared/api/client'
import { createIntentions } from '@/shared/api/idempotency'
import type { RefundStatus } from '@/shared/api/types'

/** How many refunds come at a time. */
export const PAGE = 20

const sendOnce = createIntentions()

export const fetchRefunds = (statuses: readonly RefundStatus[], cursor?: string) =>
  unwrap(api.GET('/api/admin/refunds', { params: { query: { status: statuses.join(','), limit: PAGE, cursor } } }))

/** Says that the money was transferred by hand. The books take it once, however often the answer gets lost. */
export const payRefundOut = (id: string, reference: string) =>
  sendOnce(`paid-out/${id}`, reference, (key) =>
    unwrap(
      api.POST('/api/admin/refunds/{id}/paid-out', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { reference },
      }),
    ),
  )

/** Has the gateway told once more. */
export const retryRefund = (id: string) =>
  unwrap(api.POST('/api/admin/refunds/{id}/retry', { params: { path: { id } } }))

export const fetchGatewayReports = async () => (await unwrap(api.GET('/api/admin/gateway-reports'))).items
