/** What a running consultation waits for. Pure. */
import type { Consultation } from '@/shared/api/types'

export interface Waiting {
  /** An answer in time, an answer that is late, or the end of the time. */
  what: 'until' | 'late' | 'ends'
  at: string
}

/** Whether the vet has not answered yet: whoever ends it now, the owner gets all the money back. */
export const isUnanswered = ({ status, endsAt }: Consultation): boolean => status === 'active' && endsAt === null

export function waitingFor({ status, answerBy, refundAt, endsAt }: Consultation): Waiting | null {
  if (status !== 'active') return null
  if (endsAt) return { what: 'ends', at: endsAt }
  if (refundAt) return { what: 'late', at: refundAt }
  return answerBy ? { what: 'until', at: answerBy } : null
}
