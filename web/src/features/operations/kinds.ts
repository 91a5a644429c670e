import { isMessageKey, t } from '@/shared/i18n'

/** What a job is for, in words; one that is newer than this page is called by its own name. */
export function kindInWords(kind: string): string {
  const key = `operations.jobs.kinds.${kind.replaceAll('.', '_')}`
  return isMessageKey(key) ? t(key) : kind
}
