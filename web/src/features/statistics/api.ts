import { api, unwrap } from '@/shared/api/client'

export const fetchConversationCounts = (doctorId: string, year: number) =>
  unwrap(
    api.GET('/api/statistic/conversations/monthly/{doctorId}', { params: { path: { doctorId }, query: { year } } }),
  )

export const fetchProfits = (doctorId: string, year: number) =>
  unwrap(api.GET('/api/statistic/profit/monthly/{doctorId}', { params: { path: { doctorId }, query: { year } } }))
