import { shallowRef, watch, type Ref } from 'vue'
import { searchDoctors } from '../api'
import { partsOf, searchOf, without, type Filter, type Part } from '../filter'

export interface Narrowest {
  part: Part
  count: number
  isMore: boolean
}

async function countWithout(filter: Filter, part: Part): Promise<Narrowest> {
  const { count, isMore } = await searchDoctors({ ...searchOf(without(filter, part)), limit: '1' })
  return { part, count, isMore }
}

/** Of a filter that finds nobody: the part without which most are found. Null while that is asked, and where no single part helps. */
export function useNarrowest(filter: Readonly<Ref<Filter>>) {
  const narrowest = shallowRef<Narrowest | null>(null)

  watch(
    filter,
    async (asked) => {
      narrowest.value = null
      const tries = await Promise.allSettled(partsOf(asked).map((part) => countWithout(asked, part)))
      if (asked !== filter.value) return
      // Without an answer there is still the way to all doctors.
      const counts = tries.flatMap((answer) => (answer.status === 'fulfilled' && answer.value.count > 0 ? [answer.value] : []))
      narrowest.value = counts.sort((a, b) => b.count - a.count)[0] ?? null
    },
    { immediate: true },
  )

  return narrowest
}
