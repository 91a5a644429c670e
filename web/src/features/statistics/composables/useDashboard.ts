import { useQuery } from '@pinia/colada'
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '@/features/accounts/store'
import { useNow } from '@/shared/time/now'
import { jakartaMonth, monthsOf, runningMonth, total } from '../months'
import { yearQuery } from '../queries'

const FIRST_YEAR = 2000

/** The year that the address names, and its figures; beside them always those of this month and year. */
export function useDashboard() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const now = useNow(60_000)

  const today = computed(() => jakartaMonth(now.value))
  const thisYear = computed(() => today.value.year)
  const year: WritableComputedRef<number> = computed({
    get: () => {
      const asked = Number(route.query.tahun)
      return Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= thisYear.value ? asked : thisYear.value
    },
    set: (value) =>
      void router.replace({ query: { ...route.query, tahun: value === thisYear.value ? undefined : String(value) } }),
  })

  const figuresOf = (one: number) => yearQuery({ doctorId: session.me?.id ?? '', year: one })
  const { data: figures, error: failure, isLoading, refetch: reload } = useQuery(() => figuresOf(year.value))
  const { data: running } = useQuery(() => figuresOf(thisYear.value))

  const conversations = computed(() =>
    figures.value ? monthsOf(figures.value.conversations, year.value, now.value) : null,
  )
  const profits = computed(() => (figures.value ? monthsOf(figures.value.profits, year.value, now.value) : null))
  /** Before the first year with anything in it there is nothing to see. */
  const hasEarlier = computed(
    () =>
      year.value > FIRST_YEAR &&
      (year.value === thisYear.value || (conversations.value !== null && total(conversations.value) > 0)),
  )

  const current = computed(() => {
    if (!running.value) return null
    const counts = monthsOf(running.value.conversations, thisYear.value, now.value)
    const shares = monthsOf(running.value.profits, thisYear.value, now.value)
    return {
      year: thisYear.value,
      monthCount: runningMonth(counts)?.value ?? 0,
      yearCount: total(counts),
      monthProfit: runningMonth(shares)?.value ?? 0,
      yearProfit: total(shares),
    }
  })

  return {
    year,
    today,
    failure,
    isLoading,
    conversations,
    profits,
    hasEarlier,
    hasLater: computed(() => year.value < thisYear.value),
    current,
    now,
    reload,
  }
}
