import { useQuery } from '@pinia/colada'
import { computed, onMounted, onUnmounted, shallowRef, watch } from 'vue'
import { useNow } from '@/shared/time/now'
import { createPolling } from '@/shared/time/polling'
import { refreshPayment } from '../api'
import { paymentQuery } from '../queries'
import { isMoving, stageOf } from '../stage'

/** One payment as the server sees it, kept fresh by asking, and by the news that its conversation has begun or its time is booked. */
export function usePayment(transactionId: string) {
  const now = useNow()
  const isAwaited = shallowRef(false)
  const isChecking = shallowRef(false)
  /** While the query below is called, which `refetch` does before it returns. */
  let isGatewayAsked = false

  const query = paymentQuery(transactionId)
  const {
    data,
    error: failure,
    isLoading,
    refetch,
  } = useQuery(() => ({
    ...query,
    // What was asked last stands, whichever way it was asked.
    query: (context) => (isGatewayAsked ? refreshPayment(transactionId) : query.query(context)),
  }))
  const payment = computed(() => data.value ?? null)
  const stage = computed(() => (payment.value ? stageOf(payment.value, now.value, isAwaited.value) : null))

  const isAboutToMove = computed(() => stage.value !== null && isMoving(stage.value))
  // What is shown stays true enough; the next turn asks again.
  const polling = createPolling({ ask: async () => void (await refetch()), isNeeded: () => isAboutToMove.value })

  async function load(): Promise<void> {
    await refetch()
    polling.hurry()
  }

  /** Lets the server ask the gateway now. Throws when that did not work; asking goes on all the same. */
  async function refresh(): Promise<void> {
    if (isChecking.value) return
    isChecking.value = true
    isGatewayAsked = true
    const asked = refetch(true)
    isGatewayAsked = false
    try {
      await asked
    } finally {
      isChecking.value = false
      polling.hurry()
    }
  }

  watch(isAboutToMove, () => polling.hurry())
  onMounted(() => polling.start())
  onUnmounted(() => polling.stop())

  return { payment, stage, now, isAwaited, failure, isLoading, isChecking, load, refresh }
}
