/** What is asked about the own account, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { fetchDevices } from './api'

export const devicesQuery = defineQueryOptions({ key: ['accounts', 'devices'], query: () => fetchDevices() })
