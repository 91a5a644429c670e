import { useQuery } from '@pinia/colada'
import { computed, watch } from 'vue'
import { consultationQuery } from '@/features/consultations/queries'
import type { Payment } from '@/shared/api/types'

/** What a payment buys. It is asked for once, and again when it is needed and was not to be had: the payment works without. */
export function useBought(payment: () => Payment | null) {
  const { data, refetch } = useQuery(() => ({
    ...consultationQuery(payment()?.consultationId ?? ''),
    enabled: payment() !== null,
  }))
  watch(
    () => payment()?.status,
    (_now, before) => {
      if (before && !data.value) void refetch()
    },
  )
  return computed(() => data.value ?? null)
}
