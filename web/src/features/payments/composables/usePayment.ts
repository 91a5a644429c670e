import { computed, onMounted, onUnmounted, shallowRef } from 'vue'
import type { Payment } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { useNow } from '@/shared/time/now'
import { fetchPayment, refreshPayment } from '../api'
import { createPolling } from '@/shared/time/polling'
import { isMoving, stageOf } from '../stage'

/** One payment as the server sees it, kept fresh by asking, and by the news that its conversation has begun or its time is booked. */
export function usePayment(transactionId: string) {
  const now = useNow()
  const payment = shallowRef<Payment | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)
  const isChecking = shallowRef(false)

  const isAwaited = shallowRef(false)

  const stage = computed(() => (payment.value ? stageOf(payment.value, now.value, isAwaited.value) : null))
  const polling = createPolling({ ask, isNeeded: () => stage.value !== null && isMoving(stage.value) })
  let asked = 0

  /** Answers may overtake each other; the one that was asked last wins. */
  async function keep(answer: () => Promise<Payment>): Promise<void> {
    asked += 1
    const turn = asked
    const said = await answer()
    if (turn === asked) payment.value = said
  }

  async function ask(): Promise<void> {
    // What is shown stays true enough; the next turn asks again.
    await keep(() => fetchPayment(transactionId)).catch(() => undefined)
  }

  async function load(): Promise<void> {
    isLoading.value = true
    try {
      await keep(() => fetchPayment(transactionId))
      failure.value = null
      polling.hurry()
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  /** Lets the server ask the gateway now. Throws when that did not work; asking goes on all the same. */
  async function refresh(): Promise<void> {
    if (isChecking.value) return
    isChecking.value = true
    try {
      await keep(() => refreshPayment(transactionId))
    } finally {
      isChecking.value = false
      polling.hurry()
    }
  }

  const onNews = ({ consultationId }: { consultationId: string }) => {
    if (consultationId === payment.value?.consultationId) void ask()
  }
  const listening = [realtime.onEvent('conversationStarted', onNews), realtime.onEvent('consultationChanged', onNews)]
  onMounted(async () => {
    await load()
    polling.start()
  })
  onUnmounted(() => {
    polling.stop()
    for (const stop of listening) stop()
  })

  return { payment, stage, now, isAwaited, failure, isLoading, isChecking, load, refresh }
}
