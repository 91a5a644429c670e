/** What is asked before a consultation and about what was said, each under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { currentLocale } from '@/shared/i18n'
import { fetchIntakeOf, fetchSigns } from './api'

/** The server says them in the viewer's language. */
export const signsQuery = () =>
  defineQueryOptions({ key: ['triage', 'signs', currentLocale()], query: () => fetchSigns() })

export const intakeOfQuery = defineQueryOptions((consultationId: string) => ({
  key: ['intakes', consultationId, currentLocale()],
  query: () => fetchIntakeOf(consultationId),
}))
