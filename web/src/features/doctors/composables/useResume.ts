import { watch } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

/**
 * What somebody wanted before they came: a time, or to begin at once. It stands in the address to return to after the sign-in, and in
 * that of the button of a card.
 */
const NOW = 'sekarang'
export const resumeWith = (startsAt: string | null): LocationQueryRaw => ({ lanjut: startsAt ?? NOW })

interface Resumed {
  /** Whether an owner is here, and everything is that a purchase needs. */
  isReady: () => boolean
  take: (startsAt: string) => Promise<void>
  press: () => void
}

/** Whoever said before that they want to buy goes on with it, once, and need not press again. */
export function useResume({ isReady, take, press }: Resumed): void {
  const route = useRoute()
  const router = useRouter()
  const { lanjut } = route.query
  if (typeof lanjut !== 'string') return

  const stop = watch(
    isReady,
    async (ready) => {
      if (!ready) return
      queueMicrotask(() => stop())
      // A reload, or the way back, is no second press.
      await router.replace({ query: { ...route.query, lanjut: undefined } })
      if (!Number.isNaN(Date.parse(lanjut))) await take(lanjut)
      press()
    },
    { immediate: true },
  )
}
