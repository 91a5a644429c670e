/** What a vet's application, profile and licence take before they are worth sending. Pure; the server has the last word. */
import { SPECIES } from '@/features/pets/rules'
import type { DoctorLanguage, Licence, Quote, Species } from '@/shared/api/types'
import type { MessageKey } from '@/shared/i18n'

type Refusal = MessageKey | null

export const LANGUAGES: readonly DoctorLanguage[] = ['id', 'en', 'jv', 'su', 'zh']
export const KINDS: readonly Licence['kind'][] = ['str', 'sip']

export const LOWEST_PRICE = 10_000
export const HIGHEST_PRICE = 10_000_000
export const MOST_YEARS = 60
export const MOST_DOCUMENTS = 6
export const LONGEST = { username: 80, specialization: 80, bio: 2_000, number: 60, issuer: 120, reason: 500 } as const

export type TextName = keyof typeof LONGEST

/** A text that has to be there. */
export function refuseText(name: TextName, value: string): Refusal {
  const text = value.trim()
  if (text === '') return `licensing.refusals.${name}`
  return [...text].length > LONGEST[name] ? 'licensing.refusals.long' : null
}

/** A whole number as people type it: `45.000`, `Rp45000`; null when it is none. */
export function wholeNumber(value: string): number | null {
  const digits = value.replace(/^\s*Rp/i, '').replace(/[.\s]/g, '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null
}

export function refuseYears(value: string): Refusal {
  const years = wholeNumber(value)
  return years === null || years > MOST_YEARS ? 'licensing.refusals.workExperience' : null
}

export function refusePrice(value: string): Refusal {
  const price = wholeNumber(value)
  return price === null || price < LOWEST_PRICE || price > HIGHEST_PRICE ? 'licensing.refusals.basePrice' : null
}

/** Several chosen of a list, as the one text that a form's field holds. */
export const textOf = (chosen: readonly string[]): string => chosen.join(',')
export const speciesOf = (text: string): Species[] =>
  SPECIES.map(({ value }) => value).filter((value) => text.split(',').includes(value))
export const languagesOf = (text: string): DoctorLanguage[] =>
  LANGUAGES.filter((value) => text.split(',').includes(value))

export const refuseSpecies = (value: string): Refusal =>
  speciesOf(value).length === 0 ? 'licensing.refusals.species' : null
export const refuseLanguages = (value: string): Refusal =>
  languagesOf(value).length === 0 ? 'licensing.refusals.languages' : null

export const kindOf = (value: string): Licence['kind'] | undefined => KINDS.find((kind) => kind === value)
export const refuseKind = (value: string): Refusal => (kindOf(value) ? null : 'licensing.refusals.kind')

/** The last day of a licence must not be over. */
export function refuseExpiry(value: string, today: string): Refusal {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'licensing.refusals.expiresOn'
  return value >= today ? null : 'licensing.refusals.expired'
}

/** What an owner pays for a vet's price, line by line, rounded as the server rounds. */
export function quoteOf(basePrice: number, markupBasisPoints: number): Quote {
  const fee = Math.floor((basePrice * markupBasisPoints + 5_000) / 10_000)
  return {
    lines: [
      { kind: 'base', amount: basePrice },
      { kind: 'platform_fee', amount: fee },
    ],
    total: basePrice + fee,
    markupBasisPoints,
  }
}
