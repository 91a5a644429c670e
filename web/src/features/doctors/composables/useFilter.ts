import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { isSort, type Filter, type Sort } from '../directory'

/** The filter lives in the address, so that it survives the way to a doctor and back, and can be sent to a friend. */
export function useFilter() {
  const route = useRoute()
  const router = useRouter()

  const change = (query: LocationQueryRaw) => void router.replace({ query: { ...route.query, ...query } })

  const text: WritableComputedRef<string> = computed({
    get: () => (typeof route.query.cari === 'string' ? route.query.cari : ''),
    set: (value) => change({ cari: value || undefined }),
  })
  const onlineOnly = computed({
    get: () => route.query.online === '1',
    set: (value) => change({ online: value ? '1' : undefined }),
  })
  const sort: WritableComputedRef<Sort> = computed({
    get: () => (isSort(route.query.urut) ? route.query.urut : 'online'),
    set: (value) => change({ urut: value === 'online' ? undefined : value }),
  })

  const filter = computed<Filter>(() => ({ text: text.value, onlineOnly: onlineOnly.value, sort: sort.value }))
  const isFiltered = computed(() => text.value !== '' || onlineOnly.value)
  const clear = () => change({ cari: undefined, online: undefined })

  return { text, onlineOnly, sort, filter, isFiltered, clear }
}
