import { shallowReactive, watch } from 'vue'
import { fetchPayment } from '@/features/payments/api'
import type { Consultation } from '@/shared/api/types'

/** Until when each of the waiting ones can be paid. The list does not say, so their payments are asked, once each. */
export function useDeadlines(waiting: () => readonly Consultation[]) {
  const deadlines = shallowReactive(new Map<string, string>())
  const asked = new Set<string>()

  async function ask(transactionId: string): Promise<void> {
    asked.add(transactionId)
    try {
      deadlines.set(transactionId, (await fetchPayment(transactionId)).expiresAt)
    } catch {
      // Without the figure the card still leads to the payment, which says it.
      asked.delete(transactionId)
    }
  }

  watch(
    waiting,
    (list) => {
      for (const { transactionId } of list) if (transactionId && !asked.has(transactionId)) void ask(transactionId)
    },
    { immediate: true },
  )
  return deadlines
}
