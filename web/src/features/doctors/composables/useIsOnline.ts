import { useSession } from '@/features/accounts/store'
import type { DoctorCard } from '@/shared/api/types'
import { usePresence } from '@/shared/realtime/presence'

/** Whether a doctor is online, as it changes. Only owners are told of every doctor's presence; for others what was fetched is the last word. */
export function useIsOnline() {
  const session = useSession()
  const presence = usePresence()
  return (doctor: Pick<DoctorCard, 'id' | 'online'>): boolean =>
    (session.role === 'user' ? presence.isOnline(doctor.id) : null) ?? doctor.online
}
