/** What can be done about the free questions after the end. Pure. */
import type { Consultation } from '@/shared/api/types'

/** Ask the first one, go on, or read what was said. */
export type FollowUpStep = 'ask' | 'goOn' | 'read'

export function followUpStep({ followUp, transactionId }: Consultation, now: number): FollowUpStep | null {
  if (!followUp) return null
  if (followUp.conversationId) return followUp.isOpen ? 'goOn' : 'read'
  return transactionId && now < Date.parse(followUp.until) ? 'ask' : null
}
