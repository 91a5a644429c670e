/** Refunds as the staff sees them. Pure. */
import { Problem } from '@/shared/api/problem'
import type { Refund, RefundStatus } from '@/shared/api/types'
import type { MessageKey } from '@/shared/i18n'

/** Which refunds: those that need somebody, those on their way by themselves, and those that are over. */
export const GROUPS = ['waiting', 'underway', 'closed'] as const
export type Group = (typeof GROUPS)[number]

export const STATUSES: Record<Group, readonly RefundStatus[]> = {
  waiting: ['manual', 'failed'],
  underway: ['requested', 'sent'],
  closed: ['confirmed', 'paid_out'],
}

export const isIn = (group: Group, { status }: Pick<Refund, 'status'>): boolean => STATUSES[group].includes(status)

export const needsSomebody = (refund: Pick<Refund, 'status'>): boolean => isIn('waiting', refund)

export const LONGEST_REFERENCE = 200

/** How it was transferred has to be said: the books keep it. */
export function refuseReference(value: string): MessageKey | null {
  const text = value.trim()
  if (text === '') return 'payments.refunds.payOut.missing'
  return [...text].length > LONGEST_REFERENCE ? 'payments.refunds.payOut.long' : null
}

/** Whether somebody else, or the gateway, was faster: what is shown is not so any more. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Problem && (error.code === 'refund_state_changed' || error.code === 'refund_not_found')
