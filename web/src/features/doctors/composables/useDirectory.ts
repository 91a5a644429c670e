import { useQueryCache, type UseInfiniteQueryData } from '@pinia/colada'
import { computed } from 'vue'
import type { DoctorCard } from '@/shared/api/types'
import { usePages, type Page } from '@/shared/api/usePages'
import { searchOf, type Filter } from '../filter'
import { searchQuery, SEARCHES } from '../queries'

/** Whom a filter finds, and how many: page by page, and never what another one found. */
export function useDirectory(filter: () => Filter) {
  const { pages, items: doctors, ...rest } = usePages(() => searchQuery(searchOf(filter())))
  /** The last page knows best how many there are. */
  const found = computed(() => pages.value?.at(-1) ?? null)
  return { found, doctors, ...rest }
}

/** Every speciality that was seen, which are those one can ask for. */
export function useSpecialities() {
  const cache = useQueryCache()
  return computed(() => {
    const searches = cache
      .getEntries({ key: SEARCHES })
      .map(({ state }) => state.value.data as UseInfiniteQueryData<Page<DoctorCard>, unknown> | undefined)
    return new Set(
      searches
        .flatMap((search) => search?.pages ?? [])
        .flatMap(({ items }) => items.map(({ specialization }) => specialization)),
    )
  })
}
