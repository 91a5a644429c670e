import { api, unwrap } from '@/shared/api/client'

const PAGE = 20

export const fetchConsultations = (cursor?: string) => unwrap(api.GET('/api/consultations', { params: { query: { limit: PAGE, cursor } } }))
