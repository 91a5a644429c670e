import { useToday } from '@/features/pets/composables/useToday'
import { rupiah } from '@/shared/formats/rupiah'
import { useText, type MessageKey, type Named } from '@/shared/i18n'
import {
  HIGHEST_PRICE,
  LONGEST,
  LOWEST_PRICE,
  MOST_YEARS,
  refuseExpiry,
  refuseKind,
  refuseLanguages,
  refusePrice,
  refuseSpecies,
  refuseText,
  refuseYears,
  type TextName,
} from '../rules'

/** The rules in words, in the groups that the forms are made of. */
export function useChecks() {
  const { t } = useText()
  const today = useToday()

  const say = (refusal: MessageKey | null, named: Named = {}) => (refusal ? t(refusal, named) : null)
  const text = (name: TextName) => (value: string) => say(refuseText(name, value), { most: LONGEST[name] })

  return {
    name: { username: text('username') },
    about: {
      specialization: text('specialization'),
      workExperience: (value: string) => say(refuseYears(value), { most: MOST_YEARS }),
      bio: text('bio'),
    },
    patients: {
      species: (value: string) => say(refuseSpecies(value)),
      languages: (value: string) => say(refuseLanguages(value)),
    },
    price: {
      basePrice: (value: string) =>
        say(refusePrice(value), { least: rupiah(LOWEST_PRICE), most: rupiah(HIGHEST_PRICE) }),
    },
    licence: {
      kind: (value: string) => say(refuseKind(value)),
      number: text('number'),
      issuer: text('issuer'),
      expiresOn: (value: string) => say(refuseExpiry(value, today.value)),
    },
  }
}
