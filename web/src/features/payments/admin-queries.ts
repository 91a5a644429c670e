/** What the staff asks about payments, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { pagesQuery } from '@/shared/api/usePages'
import { fetchGatewayReports, fetchRefunds } from './admin-api'
import { STATUSES, type Group } from './refunds'

export const REFUNDS = ['refunds']

export const refundsQuery = (group: Group) =>
  pagesQuery([...REFUNDS, group], (cursor) => fetchRefunds(STATUSES[group], cursor))

export const gatewayReportsQuery = defineQueryOptions({ key: ['gateway-reports'], query: () => fetchGatewayReports() })
