/** What the home page asks, under its key. */
import { defineQueryOptions } from '@pinia/colada'
import { searchDoctors } from '@/features/doctors/api'
import { DOCTORS } from '@/features/doctors/key'

const AT_MOST = 8

/** The best rated of those online, how many there are, and what "mulai" means: the cheapest of those who can answer now, or of all when nobody is online. */
export const onlineNowQuery = defineQueryOptions({
  key: [...DOCTORS, 'online-now'],
  query: async () => {
    const [online, cheapestOnline, cheapest] = await Promise.all([
      searchDoctors({ online: 'true', limit: String(AT_MOST) }),
      searchDoctors({ online: 'true', sort: 'price', limit: '1' }),
      searchDoctors({ sort: 'price', limit: '1' }),
    ])
    const [first] = [...cheapestOnline.items, ...cheapest.items]
    return {
      doctors: online.items,
      onlineCount: online.count,
      all: { count: cheapest.count, isMore: cheapest.isMore },
      from: first?.price ?? null,
    }
  },
})
