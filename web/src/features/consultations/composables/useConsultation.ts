import { computed, onMounted, onUnmounted, shallowRef, watch, type Ref } from 'vue'
import { useSession } from '@/features/accounts/store'
import { fetchPayment } from '@/features/payments/api'
import { createPolling } from '@/shared/time/polling'
import type { Payment } from '@/shared/api/types'
import { useNow } from '@/shared/time/now'
import { counterpartOf } from '../groups'
import { outcomeOf } from '../outcome'
import { useConsultations } from '../store'

/** Somebody may look for long: what is not urgent is asked less and less. */
const PAUSES = [2000, 3000, 5000, 10_000, 30_000, 60_000]

/** One consultation with its payment, kept fresh while something is about to change by itself: its beginning, or money on its way back. */
export function useConsultation(id: Readonly<Ref<string>>) {
  const session = useSession()
  const store = useConsultations()
  const now = useNow()
  const payment = shallowRef<Payment | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)

  const consultation = computed(() => store.find(id.value) ?? null)
  const isOwner = computed(() => consultation.value !== null && consultation.value.owner.id === session.me?.id)
  const counterpart = computed(() => consultation.value && counterpartOf(consultation.value, session.me?.id ?? ''))
  const isFree = computed(() => {
    const until = consultation.value?.cancellation.freeUntil
    return until !== null && until !== undefined && now.value <= Date.parse(until)
  })
  const isDue = computed(() => consultation.value?.status === 'scheduled' && consultation.value.startsAt !== null && now.value >= Date.parse(consultation.value.startsAt))
  const isMoneyOnItsWay = computed(() => consultation.value?.status === 'cancelled' && isOwner.value && outcomeOf(payment.value) === 'onItsWay')

  /** The payment is the owner's, and only says something new where nothing is bought yet or no more. */
  async function askPayment(): Promise<void> {
    const asked = consultation.value
    if (!asked?.transactionId || !isOwner.value || !['awaiting_payment', 'cancelled', 'expired'].includes(asked.status)) return
    const answer = await fetchPayment(asked.transactionId).catch(() => null)
    if (answer && asked.id === id.value) payment.value = answer
  }

  async function ask(): Promise<void> {
    await store.loadOne(id.value)
    await askPayment()
  }

  const polling = createPolling({ ask: () => ask().catch(() => undefined), isNeeded: () => isDue.value || isMoneyOnItsWay.value, pauses: PAUSES })

  async function load(): Promise<void> {
    const asked = id.value
    isLoading.value = true
    // The store lets go of everything when it becomes known who is here.
    await session.ready
    try {
      await store.loadOne(asked)
      if (asked === id.value) failure.value = null
    } catch (error) {
      if (asked === id.value) failure.value = error
    } finally {
      if (asked === id.value) isLoading.value = false
    }
  }

  watch(
    id,
    () => {
      payment.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )
  // What goes back changes with the hour, and the server does the sum.
  watch(isFree, (now, before) => {
    if (before && !now) void load()
  })
  watch([id, () => consultation.value?.status, isOwner], () => void askPayment(), { immediate: true })
  watch([isDue, isMoneyOnItsWay], () => polling.hurry())
  onMounted(() => polling.start())
  onUnmounted(() => polling.stop())

  return { consultation, payment, counterpart, isOwner, isFree, isDue, now, failure, isLoading, load }
}
