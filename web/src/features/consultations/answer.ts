/** What a running consultation waits for. Pure. */
import type { Consultation } from '@/shared/api/types'

export interface Waiting {
  /** An answer in time, an answer that is late, or the end of the time. */
  what: 'until' | 'late' | 'ends'
  at: string
}

export function waitingFor({ status, answerBy, refundAt, endsAt }: Consultation): Waiting | null {
  if (status !== 'active') return null
  if (endsAt) return { what: 'ends', at: endsAt }
  if (refundAt) return { what: 'late', at: refundAt }
  return answerBy ? { what: 'until', at: answerBy } : null
}
