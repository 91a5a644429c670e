import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { useSession } from '@/features/accounts/store'
import type { OwnDoctor } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { fetchOwnDoctor } from '../api'

/** The viewer as a vet; follows what we decide about them. */
export function useOwnDoctor() {
  const session = useSession()
  /** Null for somebody who has not applied, and until it is known. */
  const doctor = shallowRef<OwnDoctor | null>(null)
  const isKnown = ref(false)
  const isLoading = ref(false)
  const failure = shallowRef<unknown>(null)
  let news = 0

  /** Takes the vet as the server just said. What was asked before that counts no more. */
  function become(own: OwnDoctor | null): void {
    news += 1
    doctor.value = own
    isKnown.value = true
    failure.value = null
    isLoading.value = false
    // The news may have come while we were cut off.
    if (own?.status === 'verified' && !session.isDoctor) void session.refresh().catch(() => undefined)
  }

  async function load(): Promise<void> {
    news += 1
    const asked = news
    isLoading.value = true
    try {
      const own = await fetchOwnDoctor()
      if (asked === news) become(own)
    } catch (error) {
      if (asked !== news) return
      failure.value = error
      isLoading.value = false
    }
  }

  onMounted(load)
  const listening = [realtime.onEvent('doctorStatusChanged', () => void load()), realtime.onConnected(() => void load())]
  onUnmounted(() => listening.forEach((stop) => stop()))

  return { doctor, isKnown, isLoading, failure, load, become }
}
