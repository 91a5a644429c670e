/** What the form of a pet takes, before it is worth sending. The server has the last word. */
import type { NewPet, Pet, Sex, Species } from '@/shared/api/types'
import type { MessageKey } from '@/shared/i18n'
import { gramsOf } from './weights'

type Refusal = MessageKey | null

export const SPECIES: readonly { value: Species; icon: string }[] = [
  { value: 'cat', icon: 'i-ph-cat' },
  { value: 'dog', icon: 'i-ph-dog' },
  { value: 'rabbit', icon: 'i-ph-rabbit' },
  { value: 'bird', icon: 'i-ph-bird' },
  { value: 'hamster', icon: 'i-ph-paw-print' },
  { value: 'reptile', icon: 'i-ph-paw-print' },
  { value: 'fish', icon: 'i-ph-fish' },
  { value: 'other', icon: 'i-ph-paw-print' },
]

export const iconOf = (species: Species): string =>
  SPECIES.find(({ value }) => value === species)?.icon ?? 'i-ph-paw-print'

/** Everything in the form is text, as fields are; `neutered` is `yes`, `no` or nothing. */
export type PetValues = Record<
  'name' | 'species' | 'breed' | 'sex' | 'neutered' | 'birthDate' | 'allergies' | 'notes',
  string
>

const tooLong = (value: string, longest: number): Refusal =>
  [...value.trim()].length > longest ? 'pets.refusals.long' : null

export function refuseName(value: string): Refusal {
  return value.trim() === '' ? 'pets.refusals.name' : tooLong(value, 60)
}

export const refuseSpecies = (value: string): Refusal =>
  SPECIES.some((species) => species.value === value) ? null : 'pets.refusals.species'
export const refuseBreed = (value: string): Refusal => tooLong(value, 80)
export const refuseAllergies = (value: string): Refusal => tooLong(value, 1_000)
export const refuseNotes = (value: string): Refusal => tooLong(value, 4_000)
export const refuseVaccine = (value: string): Refusal =>
  value.trim() === '' ? 'pets.refusals.vaccine' : tooLong(value, 80)
export const refuseWeight = (value: string): Refusal => (gramsOf(value) === null ? 'pets.refusals.weight' : null)

/** A day that has come; an empty one where it may be left out. */
export function refusePast(value: string, today: string, isRequired: boolean): Refusal {
  if (value === '') return isRequired ? 'pets.refusals.day' : null
  if (value > today) return 'pets.refusals.future'
  return value < '1900-01-01' ? 'pets.refusals.day' : null
}

export function refuseDue(value: string, givenOn: string): Refusal {
  return value !== '' && givenOn !== '' && value <= givenOn ? 'pets.refusals.due' : null
}

export function valuesOf(pet: Pet): PetValues {
  return {
    name: pet.name,
    species: pet.species,
    breed: pet.breed,
    sex: pet.sex,
    neutered: pet.neutered === null ? '' : pet.neutered ? 'yes' : 'no',
    birthDate: pet.birthDate ?? '',
    allergies: pet.allergies,
    notes: pet.notes,
  }
}

/** As it is sent. What was emptied is taken away. */
export function petOf(values: PetValues): NewPet {
  return {
    name: values.name.trim(),
    species: values.species as Species,
    breed: values.breed.trim() || null,
    sex: values.sex as Sex,
    neutered: values.neutered === '' ? null : values.neutered === 'yes',
    birthDate: values.birthDate || null,
    allergies: values.allergies.trim() || null,
    notes: values.notes.trim() || null,
  }
}
