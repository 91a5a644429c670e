import type { Locale } from '@/shared/i18n/locale'

const MINUTE = 60_000
const UNITS = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const

/** `2 hari 3 jam`, `1 jam 20 menit`, `12 menit`: the two largest units that say something. Begun minutes count, so that it reads 1 until nothing is left. */
export function duration(milliseconds: number, locale: Locale): string {
  let minutes = Math.max(0, Math.ceil(milliseconds / MINUTE))
  const first = UNITS.findIndex(([, size]) => minutes >= size)
  if (first === -1) return written(0, 'minute', locale)
  const parts: string[] = []
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(minutes / size)
    minutes -= count * size
    if (count > 0) parts.push(written(count, unit, locale))
  }
  return parts.join(' ')
}

function written(count: number, unit: (typeof UNITS)[number][0], locale: Locale): string {
  return new Intl.NumberFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  }).format(count)
}
