import { api, unwrap } from '@/shared/api/client'

/** Work that was given up, the newest first; the server shows 100 at most. */
export const fetchDeadJobs = async () => (await unwrap(api.GET('/api/admin/jobs'))).items

export const retryJob = (id: string) => unwrap(api.POST('/api/admin/jobs/{id}/retry', { params: { path: { id } } }))
