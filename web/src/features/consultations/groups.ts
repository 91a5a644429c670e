/** The parts of the list, and in which order they stand. Pure. */
import type { Consultation, Party } from '@/shared/api/types'

export type Group = 'waiting' | 'running' | 'past'

export function groupOf({ status }: Consultation): Group {
  if (status === 'awaiting_payment') return 'waiting'
  return status === 'active' || status === 'scheduled' ? 'running' : 'past'
}

/** The other side, for whoever looks. */
export const counterpartOf = (consultation: Consultation, me: string): Party => (consultation.owner.id === me ? consultation.doctor : consultation.owner)

/** Newest first, as the server has it: ids grow with time. */
export const newestFirst = (consultations: Iterable<Consultation>) => [...consultations].sort((a, b) => b.id.localeCompare(a.id))

export function grouped(consultations: Iterable<Consultation>): Record<Group, Consultation[]> {
  const groups: Record<Group, Consultation[]> = { waiting: [], running: [], past: [] }
  for (const consultation of newestFirst(consultations)) groups[groupOf(consultation)].push(consultation)
  return groups
}
