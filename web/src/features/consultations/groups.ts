/** The parts of the list, and in which order they stand. Pure. */
import type { Consultation, Party } from '@/shared/api/types'

export type Group = 'waiting' | 'scheduled' | 'running' | 'past'

const GROUPS: Partial<Record<Consultation['status'], Group>> = {
  awaiting_payment: 'waiting',
  scheduled: 'scheduled',
  active: 'running',
}

export const groupOf = ({ status }: Consultation): Group => GROUPS[status] ?? 'past'

/** The other side, for whoever looks. */
export const counterpartOf = (consultation: Consultation, me: string): Party =>
  consultation.owner.id === me ? consultation.doctor : consultation.owner

/** Newest first, as the server has it: ids grow with time. */
export const newestFirst = (consultations: Iterable<Consultation>) =>
  [...consultations].sort((a, b) => b.id.localeCompare(a.id))

const soonestFirst = (a: Consultation, b: Consultation) => (a.startsAt ?? '').localeCompare(b.startsAt ?? '')

export function grouped(consultations: Iterable<Consultation>): Record<Group, Consultation[]> {
  const groups: Record<Group, Consultation[]> = { waiting: [], scheduled: [], running: [], past: [] }
  for (const consultation of newestFirst(consultations)) groups[groupOf(consultation)].push(consultation)
  groups.scheduled.sort(soonestFirst)
  return groups
}
