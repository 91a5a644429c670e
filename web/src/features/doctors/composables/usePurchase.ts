import { shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '@/features/accounts/store'
import { newIdempotencyKey } from '@/shared/api/idempotency'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { buyConsultation } from '../api'
import { useComplaint } from './useComplaint'

/** From "Bayar & mulai chat" to the payment page, with the ways it can turn out otherwise. */
export function usePurchase() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const { carry } = useComplaint()

  const isSending = shallowRef(false)
  const failure = shallowRef<unknown>(null)
  let key = newIdempotencyKey()

  async function goOn(doctorId: string): Promise<void> {
    await session.ready
    if (!session.isSignedIn) {
      await router.push({ name: 'sign-in', query: { tujuan: route.fullPath } })
      return
    }
    try {
      const purchase = await buyConsultation(doctorId, key)
      key = newIdempotencyKey()
      await router.push(carry(`/bayar/${purchase.transactionId}`))
    } catch (error) {
      if (error instanceof Problem && error.code === 'conversation_already_active' && typeof error.body.conversationId === 'string') {
        await router.push(carry(`/chat/${error.body.conversationId}`))
        return
      }
      // Without an answer the purchase may exist: the same key finds it again. A refusal made none.
      if (!(error instanceof NetworkFailure)) key = newIdempotencyKey()
      failure.value = error
    }
  }

  async function buy(doctorId: string): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    failure.value = null
    try {
      await goOn(doctorId)
    } finally {
      isSending.value = false
    }
  }

  return { buy, isSending, failure }
}
