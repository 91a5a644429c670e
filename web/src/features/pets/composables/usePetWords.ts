import type { Pet } from '@/shared/api/types'
import { useText } from '@/shared/i18n'
import { ageOn, daysBetween } from '../days'
import { useToday } from './useToday'

/** What is said of a pet in words: how old, how heavy, what is due. */
export function usePetWords() {
  const { t, locale } = useText()
  const today = useToday()

  /** `4,6 kg`, `85 g`. */
  function weight(grams: number): string {
    const [value, unit] = grams >= 1000 ? [grams / 1000, 'kg'] : [grams, 'g']
    return `${new Intl.NumberFormat(locale.value === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 2 }).format(value)} ${unit}`
  }

  /** `+150 g`, `−0,1 kg`. */
  const change = (grams: number) => `${grams < 0 ? '−' : '+'}${weight(Math.abs(grams))}`

  function age(birthDate: string | null): string | null {
    const lived = birthDate ? ageOn(today.value, birthDate) : null
    if (!lived) return null
    if (lived.years === 0) return t('pets.age.months', { months: lived.months })
    return lived.months === 0
      ? t('pets.age.years', { years: lived.years })
      : t('pets.age.both', { years: lived.years, months: lived.months })
  }

  /** `Kucing · Domestik oranye`. */
  const kind = (pet: Pet) => [t(`pets.species.${pet.species}`), pet.breed].filter(Boolean).join(' · ')

  /** `Jantan, steril · 3 th 2 bl`; nothing of what nobody knows. */
  function life(pet: Pet): string {
    const sex = pet.sex === 'unknown' ? null : t(`pets.sex.${pet.sex}`)
    const neutered = pet.neutered === null ? null : pet.neutered ? t('pets.neutered.yes') : t('pets.neutered.no')
    const body = [sex, neutered].filter(Boolean).join(', ')
    return [body, age(pet.birthDate)].filter(Boolean).join(' · ')
  }

  /** `8 hari lagi`, `hari ini`, `lewat 3 hari`. */
  function due(day: string): string {
    const days = daysBetween(today.value, day)
    if (days === 0) return t('pets.due.today')
    return days > 0 ? t('pets.due.in', { days }, days) : t('pets.due.late', { days: -days }, -days)
  }

  return { today, weight, change, age, kind, life, due }
}
