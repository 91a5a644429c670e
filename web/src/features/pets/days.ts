/** Days without an hour, as birthdays and vaccinations have them: `2026-11-24`. Pure; they compare as text. */

const MS_PER_DAY = 86_400_000

/** The day that an instant falls on in a zone. */
export function dayOf(instant: Date | number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** How many days from one to the other; negative when it is past. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY)

export interface Age {
  years: number
  months: number
}

/** Whole years and months of a life; null before it began. */
export function ageOn(today: string, birthDate: string): Age | null {
  if (birthDate > today) return null
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number)
  const [thisYear = 0, thisMonth = 0, thisDay = 0] = today.split('-').map(Number)
  const months = (thisYear - year) * 12 + (thisMonth - month) - (thisDay < day ? 1 : 0)
  return { years: Math.floor(months / 12), months: months % 12 }
}
