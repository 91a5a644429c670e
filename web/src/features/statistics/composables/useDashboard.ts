import { computed, watch, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useNow } from '@/shared/time/now'
import { jakartaMonth, monthsOf, runningMonth, total } from '../months'
import { useStatistics } from '../store'

const FIRST_YEAR = 2000

/** The year that the address names, and its figures; beside them always those of this month and year. */
export function useDashboard() {
  const route = useRoute()
  const router = useRouter()
  const store = useStatistics()
  const now = useNow(60_000)

  const today = computed(() => jakartaMonth(now.value))
  const thisYear = computed(() => today.value.year)
  const year: WritableComputedRef<number> = computed({
    get: () => {
      const asked = Number(route.query.tahun)
      return Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= thisYear.value ? asked : thisYear.value
    },
    set: (value) => void router.replace({ query: { ...route.query, tahun: value === thisYear.value ? undefined : String(value) } }),
  })

  watch(
    [year, thisYear],
    (years) => {
      for (const one of new Set(years)) void store.load(one)
    },
    { immediate: true },
  )

  const shown = computed(() => store.entry(year.value))
  const conversations = computed(() => (shown.value.figures ? monthsOf(shown.value.figures.conversations, year.value, now.value) : null))
  const profits = computed(() => (shown.value.figures ? monthsOf(shown.value.figures.profits, year.value, now.value) : null))
  /** Before the first year with anything in it there is nothing to see. */
  const hasEarlier = computed(() => year.value > FIRST_YEAR && (year.value === thisYear.value || (conversations.value !== null && total(conversations.value) > 0)))

  const current = computed(() => {
    const { figures } = store.entry(thisYear.value)
    if (!figures) return null
    const counts = monthsOf(figures.conversations, thisYear.value, now.value)
    const shares = monthsOf(figures.profits, thisYear.value, now.value)
    return {
      year: thisYear.value,
      monthCount: runningMonth(counts)?.value ?? 0,
      yearCount: total(counts),
      monthProfit: runningMonth(shares)?.value ?? 0,
      yearProfit: total(shares),
    }
  })

  const reload = () => store.load(year.value)
  return { year, today, shown, conversations, profits, hasEarlier, hasLater: computed(() => year.value < thisYear.value), current, now, reload }
}
