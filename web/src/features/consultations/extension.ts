/** What one of the two may do about more time. Pure. */
import type { Consultation } from '@/shared/api/types'

/** So long before the end it is offered; the server tells both then as well. */
const OFFERED_BEFORE_MS = 5 * 60_000

export type ExtensionStep = 'offer' | 'asked' | 'waiting'

export function extensionStep(
  { status, endsAt, extension, extensionChoices }: Consultation,
  isOwner: boolean,
  now: number,
): ExtensionStep | null {
  if (status !== 'active') return null
  if (extension) return (extension.askedBy === 'owner') === isOwner ? 'waiting' : 'asked'
  const isNear = endsAt !== null && now >= Date.parse(endsAt) - OFFERED_BEFORE_MS
  return isNear && extensionChoices.length > 0 ? 'offer' : null
}
