import { useQuery } from '@pinia/colada'
import { computed, onMounted, onUnmounted, watch, type Ref } from 'vue'
import { useSession } from '@/features/accounts/store'
import { paymentQuery } from '@/features/payments/queries'
import { useNow } from '@/shared/time/now'
import { createPolling } from '@/shared/time/polling'
import { counterpartOf } from '../groups'
import { outcomeOf } from '../outcome'
import { consultationQuery } from '../queries'

/** Somebody may look for long: what is not urgent is asked less and less. */
const PAUSES = [2000, 3000, 5000, 10_000, 30_000, 60_000]

/** One consultation with its payment, kept fresh while something is about to change by itself: its beginning, or money on its way back. */
export function useConsultation(id: Readonly<Ref<string>>) {
  const session = useSession()
  const now = useNow()
  const { data, error: failure, isLoading, refetch: load } = useQuery(() => consultationQuery(id.value))

  const consultation = computed(() => data.value ?? null)
  const isOwner = computed(() => consultation.value !== null && consultation.value.owner.id === session.me?.id)
  const counterpart = computed(() => consultation.value && counterpartOf(consultation.value, session.me?.id ?? ''))
  const isFree = computed(() => {
    const until = consultation.value?.cancellation.freeUntil
    return until !== null && until !== undefined && now.value <= Date.parse(until)
  })
  const isDue = computed(
    () =>
      consultation.value?.status === 'scheduled' &&
      consultation.value.startsAt !== null &&
      now.value >= Date.parse(consultation.value.startsAt),
  )

  /** The payment is the owner's, and only says something new where nothing is bought yet or no more. */
  const saysMore = computed(
    () =>
      isOwner.value &&
      Boolean(consultation.value?.transactionId) &&
      ['awaiting_payment', 'cancelled', 'expired'].includes(consultation.value?.status ?? ''),
  )
  const paid = useQuery(() => ({ ...paymentQuery(consultation.value?.transactionId ?? ''), enabled: saysMore.value }))
  const payment = computed(() => paid.data.value ?? null)
  const isMoneyOnItsWay = computed(
    () => consultation.value?.status === 'cancelled' && isOwner.value && outcomeOf(payment.value) === 'onItsWay',
  )

  const polling = createPolling({
    ask: async () => {
      await load()
      if (isMoneyOnItsWay.value) await paid.refetch()
    },
    isNeeded: () => isDue.value || isMoneyOnItsWay.value,
    pauses: PAUSES,
  })

  // What goes back changes with the hour, and the server does the sum.
  watch(isFree, (now, before) => {
    if (before && !now) void load()
  })
  // What became of it became of its payment as well.
  watch(
    () => consultation.value?.status,
    (_now, before) => {
      if (before && saysMore.value) void paid.refetch()
    },
  )
  watch([isDue, isMoneyOnItsWay], () => polling.hurry())
  onMounted(() => polling.start())
  onUnmounted(() => polling.stop())

  return { consultation, payment, counterpart, isOwner, isFree, isDue, now, failure, isLoading, load }
}
