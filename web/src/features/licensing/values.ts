/** Between what the forms hold, which is text, and what the server takes. Pure; the values have passed the checks. */
import type { DoctorApplication, DoctorChange, NewLicence, OwnDoctor } from '@/shared/api/types'
import { count } from '@/shared/formats/numbers'
import { kindOf, languagesOf, speciesOf, textOf, wholeNumber } from './rules'

export type LicenceValues = Record<'kind' | 'number' | 'issuer' | 'expiresOn', string>
type PracticeValues = Record<
  'specialization' | 'workExperience' | 'bio' | 'species' | 'languages' | 'basePrice',
  string
>
export type ProfileValues = PracticeValues & Record<'username', string>

export const licenceOf = ({ kind, number, issuer, expiresOn }: LicenceValues): NewLicence => ({
  kind: kindOf(kind) ?? 'sip',
  number: number.trim(),
  issuer: issuer.trim(),
  expiresOn,
})

const practiceOf = ({ specialization, workExperience, bio, species, languages, basePrice }: PracticeValues) => ({
  specialization: specialization.trim(),
  workExperience: wholeNumber(workExperience) ?? 0,
  bio: bio.trim(),
  species: speciesOf(species),
  languages: languagesOf(languages),
  basePrice: wholeNumber(basePrice) ?? 0,
})

export const applicationOf = (values: PracticeValues & LicenceValues): DoctorApplication => ({
  ...practiceOf(values),
  licence: licenceOf(values),
})

export const changeOf = (values: ProfileValues): DoctorChange => ({
  username: values.username.trim(),
  ...practiceOf(values),
})

export const valuesOf = (doctor: OwnDoctor): ProfileValues => ({
  username: doctor.username,
  specialization: doctor.specialization,
  workExperience: String(doctor.workExperience),
  bio: doctor.bio,
  species: textOf(doctor.species),
  languages: textOf(doctor.languages),
  basePrice: count(doctor.basePrice, 'id'),
})
