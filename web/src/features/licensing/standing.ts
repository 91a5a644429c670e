/** Where a vet stands with us. Pure. */
import { daysBetween } from '@/features/pets/days'
import type { Licence, OwnDoctor } from '@/shared/api/types'

/** `documents`: applied, and the photos of the licence are missing. */
export type Standing = 'documents' | 'waiting' | 'rejected' | 'suspended' | 'verified'

export function standingOf({ status, pendingLicence }: Pick<OwnDoctor, 'status' | 'pendingLicence'>): Standing {
  if (status === 'verified' || status === 'suspended') return status
  if (!pendingLicence) return status === 'rejected' ? 'rejected' : 'waiting'
  return pendingLicence.documents.length === 0 ? 'documents' : 'waiting'
}

/** How long ahead a vet is reminded to renew. */
export const WARNING_DAYS = 60

export type Validity = 'valid' | 'ending' | 'expired'

/** On its last day a licence still holds. */
export function validityOf({ expiresOn }: Pick<Licence, 'expiresOn'>, today: string): Validity {
  const days = daysBetween(today, expiresOn)
  if (days < 0) return 'expired'
  return days <= WARNING_DAYS ? 'ending' : 'valid'
}
