/** Which doctors are shown and in which order. Pure: what is online is said by the caller. */
import type { DoctorCard } from '@/shared/api/types'

export const SORTS = ['online', 'price', 'rating', 'experience'] as const
export type Sort = (typeof SORTS)[number]

export interface Filter {
  text: string
  onlineOnly: boolean
  sort: Sort
}

export function isSort(value: unknown): value is Sort {
  return SORTS.some((sort) => sort === value)
}

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase('id')

/** "drh. Nadia" and "drh nadia" are the same words. */
const wordsOf = (text: string) =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Every word of the text must start a word of the name or the speciality. */
function matches(doctor: DoctorCard, text: string): boolean {
  const words = wordsOf(`${doctor.username} ${doctor.specialization}`)
  return wordsOf(text).every((asked) => words.some((word) => word.startsWith(asked)))
}

/** A doctor without reviews comes after every rated one, rather than counting as bad. */
const rateOf = (doctor: DoctorCard) => (doctor.reviewCount > 0 ? (doctor.rate ?? 0) : -1)

const byOnline = (a: DoctorCard, b: DoctorCard) => Number(b.online) - Number(a.online)
const byPrice = (a: DoctorCard, b: DoctorCard) => a.price - b.price
const byRating = (a: DoctorCard, b: DoctorCard) => rateOf(b) - rateOf(a) || b.reviewCount - a.reviewCount
const byExperience = (a: DoctorCard, b: DoctorCard) => b.workExperience - a.workExperience
const byName = (a: DoctorCard, b: DoctorCard) => a.username.localeCompare(b.username, 'id')

type Order = (a: DoctorCard, b: DoctorCard) => number

/** The first that tells two doctors apart decides; the name is last, so that the order never jumps. */
const ORDERS: Record<Sort, Order[]> = {
  online: [byOnline, byRating, byPrice, byName],
  price: [byPrice, byOnline, byRating, byName],
  rating: [byRating, byOnline, byPrice, byName],
  experience: [byExperience, byOnline, byRating, byName],
}

export function arrange(doctors: readonly DoctorCard[], { text, onlineOnly, sort }: Filter): DoctorCard[] {
  return doctors
    .filter((doctor) => (!onlineOnly || doctor.online) && matches(doctor, text))
    .sort((a, b) => {
      for (const order of ORDERS[sort]) {
        const difference = order(a, b)
        if (difference !== 0) return difference
      }
      return 0
    })
}

/** What "mulai" means: the cheapest of those who can answer now, or of all when nobody is online. */
export function priceFrom(doctors: readonly DoctorCard[]): number | null {
  const online = doctors.filter((doctor) => doctor.online)
  const prices = (online.length > 0 ? online : doctors).map((doctor) => doctor.price)
  return prices.length > 0 ? Math.min(...prices) : null
}
