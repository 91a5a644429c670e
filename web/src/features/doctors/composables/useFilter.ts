import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addressOf, NOTHING, partsOf, readFilter, without, type Filter, type Part } from '../filter'

/** The filter lives in the address, so that it survives the way to a doctor and back, and can be sent to a friend. */
export function useFilter() {
  const route = useRoute()
  const router = useRouter()

  const filter = computed(() => readFilter(route.query))
  const parts = computed(() => partsOf(filter.value))

  const set = (next: Filter) => void router.replace({ query: { ...route.query, ...addressOf(next) } })
  const change = (fields: Partial<Filter>) => set({ ...filter.value, ...fields })
  const drop = (part: Part) => set(without(filter.value, part))
  const clear = () => set({ ...NOTHING, sort: filter.value.sort })

  return { filter, parts, change, drop, clear }
}
