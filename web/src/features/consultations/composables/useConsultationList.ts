import { computed } from 'vue'
import { usePages } from '@/shared/api/usePages'
import { grouped } from '../groups'
import { consultationsQuery } from '../queries'

/** The consultations of whoever is signed in, page by page, in their groups. */
export function useConsultationList() {
  const { items, ...rest } = usePages(() => consultationsQuery)
  const groups = computed(() => grouped(items.value ?? []))
  return { consultations: items, groups, ...rest }
}
