import type { Ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import { fetchTimeline } from '../api'

/** What happened to a pet, page by page. After a change it is asked anew from the beginning. */
export function useTimeline(id: Readonly<Ref<string>>) {
  const { items: entries, ...rest } = usePages(id, fetchTimeline)
  return { entries, ...rest }
}
