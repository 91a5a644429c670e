import type { Ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import { timelineQuery } from '../queries'

/** What happened to a pet, page by page. */
export function useTimeline(id: Readonly<Ref<string>>) {
  const { items: entries, ...rest } = usePages(() => timelineQuery(id.value))
  return { entries, ...rest }
}
