/** Says a failure in the viewer's language: by our words for its code, else by the server's own. */
import { isMessageKey, t } from '@/shared/i18n'
import { NetworkFailure, Problem } from './problem'

export function failureText(error: unknown): string {
  if (error instanceof NetworkFailure) return t('problems.network')
  if (!(error instanceof Problem)) return t('problems.unexpected')
  const key = `problems.code.${error.code}`
  if (isMessageKey(key)) return t(key)
  if (error.status === 429)
    return error.retryAfter ? t('problems.tooManyFor', { seconds: error.retryAfter }) : t('problems.tooMany')
  if (error.status >= 500) return t('problems.server')
  return error.message || t('problems.unexpected')
}

/** What a person can read out to us: the status and the request's id. What they can mend themselves needs none. */
export function failureReference(error: unknown): string | null {
  if (!(error instanceof Problem) || isMessageKey(`problems.code.${error.code}`)) return null
  return [error.status || null, error.requestId].filter(Boolean).join(' · ') || null
}
