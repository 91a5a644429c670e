import { useFormats } from '@/shared/formats/useFormats'
import { useText } from '@/shared/i18n'
import type { Filter, Part } from '../filter'

/** The parts of a filter in words. */
export function useFilterWords() {
  const { t } = useText()
  const formats = useFormats()

  function price({ minPrice, maxPrice }: Filter): string {
    if (minPrice === null) return maxPrice === null ? '' : t('doctors.filter.upTo', { price: formats.rupiah(maxPrice) })
    return maxPrice === null
      ? t('doctors.filter.from', { price: formats.rupiah(minPrice) })
      : `${formats.rupiah(minPrice)}–${formats.rupiah(maxPrice)}`
  }

  function partText(filter: Filter, part: Part): string {
    if (part === 'words') return `“${filter.words}”`
    if (part === 'speciality') return filter.speciality
    if (part === 'species') return filter.species ? t(`pets.species.${filter.species}`) : ''
    if (part === 'price') return price(filter)
    if (part === 'rating')
      return filter.minRating === null ? '' : t('doctors.filter.atLeast', { rating: formats.rating(filter.minRating) })
    return t(`doctors.filter.${part}`)
  }

  return { partText }
}
