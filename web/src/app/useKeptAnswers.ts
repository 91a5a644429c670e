import { watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { followAnswers } from '@/shared/api/kept-answers'

/** What was answered to whoever is here stays on this device for a while (shared/api/kept-answers.ts). */
export function useKeptAnswers(): void {
  const session = useSession()
  let stop = (): void => undefined

  watch(
    () => session.me?.id,
    (accountId) => {
      stop()
      stop = accountId === undefined ? () => undefined : followAnswers(accountId)
    },
    // Before the first page asks.
    { immediate: true, flush: 'sync' },
  )
}
