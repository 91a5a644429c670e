import { useQueryCache } from '@pinia/colada'
import type { Ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import type { Refund } from '@/shared/api/types'
import { REFUNDS, refundsQuery } from '../admin-queries'
import { isIn, type Group } from '../refunds'

/** The refunds of a group, the oldest first, page by page. */
export function useRefunds(group: Readonly<Ref<Group>>) {
  const cache = useQueryCache()
  const { items: refunds, put, ...rest } = usePages(() => refundsQuery(group.value))

  /** A refund as it is now: it leaves a list that it belongs to no more, and may have come into another. */
  function become(refund: Refund): void {
    put(({ id }) => id === refund.id, isIn(group.value, refund) ? refund : null)
    void cache.invalidateQueries({ key: REFUNDS, active: false })
  }

  return { refunds, ...rest, become }
}
