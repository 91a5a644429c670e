/** What is looked for in the directory, between the address and the search. Pure. What the address says wrongly is as if it were not there. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { SPECIES } from '@/features/pets/rules'
import type { DoctorSearch, Species } from '@/shared/api/types'

export const SORTS = ['rating', 'price', 'experience'] as const
export type Sort = (typeof SORTS)[number]

export const LONGEST_WORDS = 80
const LONGEST_SPECIALITY = 80
const HIGHEST_PRICE = 1_000_000_000

export interface Filter {
  words: string
  speciality: string
  species: Species | null
  /** Whole rupiah, what the owner pays. */
  minPrice: number | null
  maxPrice: number | null
  /** 1 to 5. */
  minRating: number | null
  onlineOnly: boolean
  freeToday: boolean
  sort: Sort
}

export const NOTHING: Filter = {
  words: '',
  speciality: '',
  species: null,
  minPrice: null,
  maxPrice: null,
  minRating: null,
  onlineOnly: false,
  freeToday: false,
  sort: 'rating',
}

/** What each part that narrows the list down consists of. */
const PARTS = {
  words: ['words'],
  speciality: ['speciality'],
  species: ['species'],
  price: ['minPrice', 'maxPrice'],
  rating: ['minRating'],
  online: ['onlineOnly'],
  freeToday: ['freeToday'],
} as const satisfies Record<string, readonly (keyof Filter)[]>

export type Part = keyof typeof PARTS

/** What stands under one name in the address. */
type Given = LocationQuery[string] | undefined

const textIn = (value: Given, longest: number) =>
  typeof value === 'string' ? [...value.trim()].slice(0, longest).join('') : ''
const flagIn = (value: Given) => value === '1'

function numberIn(value: Given, least: number, most: number): number | null {
  if (typeof value !== 'string' || !/^\d+(\.\d)?$/.test(value)) return null
  const number = Number(value)
  return number >= least && number <= most ? number : null
}

function priceIn(value: Given): number | null {
  const price = numberIn(value, 0, HIGHEST_PRICE)
  return Number.isInteger(price) ? price : null
}

export function readFilter(query: LocationQuery): Filter {
  return {
    words: textIn(query.cari, LONGEST_WORDS),
    speciality: textIn(query.keahlian, LONGEST_SPECIALITY),
    species: SPECIES.find(({ value }) => value === query.hewan)?.value ?? null,
    minPrice: priceIn(query.min),
    maxPrice: priceIn(query.maks),
    minRating: numberIn(query.rating, 1, 5),
    onlineOnly: flagIn(query.online),
    freeToday: flagIn(query.hariini),
    sort: SORTS.find((sort) => sort === query.urut) ?? NOTHING.sort,
  }
}

/** What is not asked for is undefined, so that it takes what stood there out of the address. */
export function addressOf(filter: Filter): LocationQueryRaw {
  return {
    cari: filter.words || undefined,
    keahlian: filter.speciality || undefined,
    hewan: filter.species ?? undefined,
    min: filter.minPrice ?? undefined,
    maks: filter.maxPrice ?? undefined,
    rating: filter.minRating ?? undefined,
    online: filter.onlineOnly ? '1' : undefined,
    hariini: filter.freeToday ? '1' : undefined,
    urut: filter.sort === NOTHING.sort ? undefined : filter.sort,
  }
}

export function searchOf(filter: Filter): DoctorSearch {
  return {
    q: filter.words || undefined,
    specialization: filter.speciality || undefined,
    species: filter.species ?? undefined,
    minPrice: filter.minPrice?.toString(),
    maxPrice: filter.maxPrice?.toString(),
    minRating: filter.minRating?.toString(),
    online: filter.onlineOnly ? 'true' : undefined,
    freeToday: filter.freeToday ? 'true' : undefined,
    sort: filter.sort,
  }
}

/** What narrows the list down; the order of a list does not. */
export function partsOf(filter: Filter): Part[] {
  const isAsked = (part: Part) => PARTS[part].some((field) => filter[field] !== NOTHING[field])
  return (Object.keys(PARTS) as Part[]).filter(isAsked)
}

export function without(filter: Filter, part: Part): Filter {
  return { ...filter, ...Object.fromEntries(PARTS[part].map((field) => [field, NOTHING[field]])) }
}
