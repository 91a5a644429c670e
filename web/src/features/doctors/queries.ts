/** What is asked about doctors, each under its key. All of it everybody may see. */
import { defineQueryOptions } from '@pinia/colada'
import { pagesQuery } from '@/shared/api/usePages'
import type { DoctorSearch } from '@/shared/api/types'
import { fetchDoctor, searchDoctors } from './api'
import { partsOf, searchOf, without, type Filter, type Part } from './filter'
import { DOCTORS } from './key'

const PAGE = 20
export const SEARCHES = [...DOCTORS, 'search']

export const doctorQuery = defineQueryOptions((id: string) => ({
  key: [...DOCTORS, 'one', id],
  query: () => fetchDoctor(id),
}))

export const searchQuery = (search: DoctorSearch) =>
  pagesQuery([...SEARCHES, { ...search }], (cursor) => searchDoctors({ ...search, limit: String(PAGE), cursor }))

export interface Narrowest {
  part: Part
  count: number
  isMore: boolean
}

async function countWithout(filter: Filter, part: Part): Promise<Narrowest> {
  const { count, isMore } = await searchDoctors({ ...searchOf(without(filter, part)), limit: '1' })
  return { part, count, isMore }
}

/** Of a filter that finds nobody: the part without which most are found. Null where no single part helps. */
export const narrowestQuery = defineQueryOptions((filter: Filter) => ({
  key: [...DOCTORS, 'narrowest', { ...filter }],
  query: async () => {
    const tries = await Promise.allSettled(partsOf(filter).map((part) => countWithout(filter, part)))
    // Without an answer there is still the way to all doctors.
    const counts = tries.flatMap((answer) =>
      answer.status === 'fulfilled' && answer.value.count > 0 ? [answer.value] : [],
    )
    return counts.sort((a, b) => b.count - a.count)[0] ?? null
  },
}))
