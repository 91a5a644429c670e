/** Where a consultation's summary is, for whoever looks. Pure. */
import type { Consultation } from '@/shared/api/types'
import { mayWrite } from './rules'

/** `write`, `goOn` and `correct` are the vet's; `read` is the owner's; `awaited` is no way, only news. */
export type RecordStep = 'write' | 'goOn' | 'correct' | 'read' | 'awaited'

export function recordStep(
  { status, recordStatus }: Pick<Consultation, 'status' | 'recordStatus'>,
  isOwner: boolean,
): RecordStep | null {
  if (!mayWrite({ status })) return null
  if (recordStatus === 'finished') return isOwner ? 'read' : 'correct'
  if (isOwner) return status === 'ended' ? 'awaited' : null
  return recordStatus === 'draft' ? 'goOn' : 'write'
}

export const recordAddress = (consultationId: string, step: RecordStep) =>
  `/konsultasi/${consultationId}/${step === 'read' ? 'ringkasan' : 'catatan'}`
