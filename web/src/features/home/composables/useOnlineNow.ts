import { useQuery } from '@pinia/colada'
import { computed, watch } from 'vue'
import { useIsOnline } from '@/features/doctors/composables/useIsOnline'
import { usePresence } from '@/shared/realtime/presence'
import { onlineNowQuery } from '../queries'

/** Who can answer now, asked for once by all parts of the home page. */
export function useOnlineNow() {
  const isOnline = useIsOnline()
  const presence = usePresence()
  const { data: summary, error: failure, isLoading, refresh, refetch: load } = useQuery(onlineNowQuery)
  // Somebody came or went: who came is not among those we know of.
  watch(
    () => presence.online,
    () => void refresh(),
  )

  const doctors = computed(() => summary.value?.doctors.filter(isOnline) ?? [])
  /** Who has gone since is taken off; of those beyond the shown ones nothing newer is known. */
  const count = computed(() =>
    summary.value ? summary.value.onlineCount - summary.value.doctors.length + doctors.value.length : 0,
  )

  return { summary, doctors, count, failure, isLoading, load }
}
