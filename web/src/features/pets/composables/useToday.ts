import { computed } from 'vue'
import { viewerZone } from '@/shared/formats/viewer-zone'
import { useNow } from '@/shared/time/now'
import { dayOf } from '../days'

/** The day that it is where the viewer is, also when midnight passes meanwhile. */
export function useToday() {
  const now = useNow(60_000)
  return computed(() => dayOf(now.value, viewerZone()))
}
