import { defineQueryOptions } from '@pinia/colada'
import { api, unwrap } from './client'

/** What this server is and uses; asked for once. */
export const appConfigQuery = defineQueryOptions({
  key: ['app-config'],
  query: () => unwrap(api.GET('/api/app-config')),
  staleTime: Infinity,
})
