import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { landingOf, returnAddress } from '../landing'
import { useSession } from '../store'

/** Where somebody goes after signing in: back to where they were going, else to where their kind of account starts. */
export function useArrival() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()

  const isReturning = computed(() => returnAddress(route.query.tujuan) !== null)
  /** Between sign-in and register the way back is kept. */
  const query = computed(() => (isReturning.value ? { tujuan: route.query.tujuan } : {}))
  const arrive = () => router.replace(returnAddress(route.query.tujuan) ?? landingOf(session.role))

  return { isReturning, query, arrive }
}
