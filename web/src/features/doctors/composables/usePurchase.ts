import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '@/features/accounts/store'
import { cancelConsultation } from '@/features/consultations/api'
import { CONSULTATIONS } from '@/features/consultations/queries'
import { TO_PAY } from '@/features/payments/to-pay'
import { invalidateFetched } from '@/shared/api/cache'
import { createIntentions } from '@/shared/api/idempotency'
import { Problem } from '@/shared/api/problem'
import { buyConsultation, type Wanted } from '../api'
import { resumeWith } from './useResume'

/** A purchase of the same doctor, begun before and for another time, that has to be paid or called off first. */
export interface OtherPurchase {
  transactionId: string
  consultationId: string
}

function otherPurchaseIn(error: unknown): OtherPurchase | null {
  if (!(error instanceof Problem) || error.code !== 'other_purchase_open') return null
  const { transactionId, consultationId } = error.body
  return typeof transactionId === 'string' && typeof consultationId === 'string'
    ? { transactionId, consultationId }
    : null
}

interface Told {
  bought?: () => void
  /** There is a chat with this vet already, and it is where this leads. */
  alreadyTalking?: (conversationId: string) => void
}

/** From the one button to the payment page, with the ways it can turn out otherwise. */
export function usePurchase(told: Told = {}) {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()

  const isSending = shallowRef(false)
  const failure = shallowRef<unknown>(null)
  const other = computed(() => otherPurchaseIn(failure.value))
  const sendOnce = createIntentions()
  let wanted: Wanted | null = null

  async function goOn(now: Wanted): Promise<void> {
    await session.ready
    if (!session.isSignedIn) {
      await router.push({
        name: 'sign-in',
        query: {
          tujuan: router.resolve({ path: route.path, query: { ...route.query, ...resumeWith(now.startsAt) } }).fullPath,
        },
      })
      return
    }
    wanted = now
    try {
      // Another time, pet or complaint is another intention. Without an answer the purchase may exist: its key finds it again.
      const purchase = await sendOnce('purchase', now, (key) => buyConsultation(now, key))
      void invalidateFetched(CONSULTATIONS)
      told.bought?.()
      await router.push({ path: `/bayar/${purchase.transactionId}`, state: TO_PAY })
    } catch (error) {
      if (
        error instanceof Problem &&
        error.code === 'conversation_already_active' &&
        typeof error.body.conversationId === 'string'
      ) {
        told.alreadyTalking?.(error.body.conversationId)
        await router.push(`/chat/${error.body.conversationId}`)
        return
      }
      failure.value = error
    }
  }

  async function once(act: () => Promise<void>): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    try {
      await act()
    } finally {
      isSending.value = false
    }
  }

  const buy = (now: Wanted) =>
    once(async () => {
      failure.value = null
      await goOn(now)
    })

  /** Calls off the purchase that is in the way, and buys what was wanted. */
  const replaceOther = () =>
    once(async () => {
      if (!other.value || !wanted) return
      try {
        await cancelConsultation(other.value.consultationId)
      } catch (error) {
        failure.value = error
        return
      }
      failure.value = null
      await goOn(wanted)
    })

  return { buy, replaceOther, other, isSending, failure }
}
