import { api, unwrap } from '@/shared/api/client'
import { currentLocale } from '@/shared/i18n'

/** Looks through words without keeping them. Apart from the other calls, which the home page needs none of. */
export const checkForRedFlags = (text: string) => unwrap(api.POST('/api/triage/check', { headers: { 'Accept-Language': currentLocale() }, body: { text } }))
