import type { Locale } from '@/shared/i18n/locale'

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** `14.52` for what is left, `1.04.52` from an hour on; colons in English. Never below nothing. */
export function countdown(milliseconds: number, locale: Locale): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown
    .map((part, index) => (index === 0 && shown.length === 3 ? String(part) : twoDigits(part)))
    .join(locale === 'id' ? '.' : ':')
}
