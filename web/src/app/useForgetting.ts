import { useQueryCache } from '@pinia/colada'
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useSession } from '@/features/accounts/store'
import { forgetFetched } from '@/shared/api/cache'

/** However somebody leaves, here or in another tab: what was fetched for them goes at once. A page that stays asks anew. */
export function useForgetting(): void {
  const session = useSession()
  const router = useRouter()
  const cache = useQueryCache()

  watch(
    () => session.me?.id,
    (now, before) => {
      // Visitors were shown what everybody may see.
      if (before === undefined) return
      forgetFetched()
      if (now !== undefined || !router.currentRoute.value.meta.requires)
        cache.invalidateQueries({ active: true }).catch(() => undefined)
    },
  )
}
