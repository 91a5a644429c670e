import type { Ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import type { Refund } from '@/shared/api/types'
import { fetchRefunds } from '../admin-api'
import { isIn, STATUSES, type Group } from '../refunds'

/** The refunds of a group, the oldest first, page by page. */
export function useRefunds(group: Readonly<Ref<Group>>) {
  const { items: refunds, put, ...rest } = usePages(group, (wanted, cursor) => fetchRefunds(STATUSES[wanted], cursor))

  /** A refund as it is now: it leaves a list that it belongs to no more. */
  const become = (refund: Refund) => put(({ id }) => id === refund.id, isIn(group.value, refund) ? refund : null)

  return { refunds, ...rest, become }
}
