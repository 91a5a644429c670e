import { defineQueryOptions } from '@pinia/colada'
import { api, unwrap } from '@/shared/api/client'
import { currentLocale } from '@/shared/i18n'

/** Looks through words without keeping them. Apart from the other calls, which the home page needs none of. */
const checkForRedFlags = (text: string) =>
  unwrap(api.POST('/api/triage/check', { headers: { 'Accept-Language': currentLocale() }, body: { text } }))

/** Words about somebody's health, so neither they nor the answer stay. */
export const checkQuery = defineQueryOptions((text: string) => ({
  key: ['triage', 'check', text],
  query: () => checkForRedFlags(text),
  enabled: text !== '',
  gcTime: 0,
  refetchOnWindowFocus: false,
}))
