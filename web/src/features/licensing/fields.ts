import type { useForm } from '@/shared/forms/useForm'

/** All that a vet is asked for, named as the server names it. */
export type FieldName =
  | 'username'
  | 'specialization'
  | 'workExperience'
  | 'bio'
  | 'species'
  | 'languages'
  | 'basePrice'
  | 'kind'
  | 'number'
  | 'issuer'
  | 'expiresOn'

/** The part of a form that its fields need; a form with more fields will do. */
export type FieldsOf<Field extends string> = Pick<
  ReturnType<typeof useForm<Field>>,
  'values' | 'errors' | 'left' | 'typed'
>
