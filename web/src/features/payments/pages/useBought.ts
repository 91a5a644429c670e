import { computed, watch } from 'vue'
import { useConsultations } from '@/features/consultations/store'
import type { Payment } from '@/shared/api/types'

/** What a payment buys. It is asked for once, and again when it is needed and was not to be had: the payment works without. */
export function useBought(payment: () => Payment | null) {
  const store = useConsultations()
  const bought = computed(() => store.find(payment()?.consultationId ?? '') ?? null)

  watch(
    () => [payment()?.consultationId, payment()?.status] as const,
    ([id]) => {
      if (id && !bought.value) store.loadOne(id).catch(() => undefined)
    },
    { immediate: true },
  )
  return bought
}
