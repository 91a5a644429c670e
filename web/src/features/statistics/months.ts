/**
 * Twelve figures of a year as they are shown: what is over, what still runs, what is yet to come. Months are those of
 * Asia/Jakarta (WIB), as the server counts them, wherever the doctor's device is. Pure.
 */
export interface MonthFigure {
  /** From 0. */
  month: number
  value: number
  state: 'over' | 'running' | 'toCome'
}

/** Western Indonesia has kept this offset without summer time since 1964. */
const JAKARTA_OFFSET_MS = 7 * 3_600_000

export function jakartaMonth(now: number): { year: number; month: number } {
  const local = new Date(now + JAKARTA_OFFSET_MS)
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() }
}

export function monthsOf(values: readonly number[], year: number, now: number): MonthFigure[] {
  const today = jakartaMonth(now)
  const place = (month: number) => (year - today.year) * 12 + (month - today.month)
  return Array.from({ length: 12 }, (_, month) => ({
    month,
    value: values[month] ?? 0,
    state: place(month) < 0 ? 'over' : place(month) === 0 ? 'running' : 'toCome',
  }))
}

export const total = (figures: readonly MonthFigure[]) => figures.reduce((sum, { value }) => sum + value, 0)

export const runningMonth = (figures: readonly MonthFigure[]) =>
  figures.find(({ state }) => state === 'running') ?? null

/** The best month that may still be compared; none in a year of zeros. */
export function bestMonth(figures: readonly MonthFigure[]): MonthFigure | null {
  const best = figures.reduce<MonthFigure | null>(
    (found, figure) => (figure.state !== 'toCome' && figure.value > (found?.value ?? 0) ? figure : found),
    null,
  )
  return best
}

/** The months that carry their figure in the chart: the best, and the one that runs. */
export function labelled(figures: readonly MonthFigure[]): Set<number> {
  const running = runningMonth(figures)
  return new Set(
    [bestMonth(figures), running && running.value > 0 ? running : null].flatMap((figure) =>
      figure ? [figure.month] : [],
    ),
  )
}
