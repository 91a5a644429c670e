import type { Locale } from '@/shared/i18n/locale'

const intlLocale = (locale: Locale) => (locale === 'id' ? 'id-ID' : 'en-GB')

/** `1.240` in Indonesian, `1,240` in English. */
export function count(value: number, locale: Locale): string {
  return new Intl.NumberFormat(intlLocale(locale)).format(value)
}

/** `1,5 jt` in Indonesian, `1.5M` in English: for the axes of charts. */
export function compact(value: number, locale: Locale): string {
  return new Intl.NumberFormat(intlLocale(locale), { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** `4,9`: a rating always has one decimal, so that a column of them lines up. */
export function rating(value: number, locale: Locale): string {
  return new Intl.NumberFormat(intlLocale(locale), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)
}

/** 1250 basis points are `12,5%`. */
export function basisPoints(value: number, locale: Locale): string {
  return `${new Intl.NumberFormat(intlLocale(locale), { maximumFractionDigits: 2 }).format(value / 100)}%`
}
