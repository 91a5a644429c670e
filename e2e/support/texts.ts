// The app's own words, so that a story finds a button in either language.

import { readFileSync } from 'node:fs'

export type Language = 'id' | 'en'
export const LANGUAGES: readonly Language[] = ['id', 'en']

interface Texts {
  [key: string]: string | Texts
}

const files = new Map<string, Texts>()

function file(language: Language, feature: string): Texts {
  const path = `${language}/${feature}.json`
  const known = files.get(path) ?? (JSON.parse(readFileSync(new URL(`../../web/src/locales/${path}`, import.meta.url), 'utf8')) as Texts)
  files.set(path, known)
  return known
}

function text(language: Language, key: string): string {
  const [feature = '', ...path] = key.split('.')
  let found: string | Texts | undefined = file(language, feature)
  for (const step of path) found = typeof found === 'object' ? found[step] : undefined
  if (typeof found !== 'string') throw new Error(`there is no text ${key} in ${language}`)
  return found
}

/** What is said by this key, whatever stands in for its `{values}`; of singular and plural either. */
export function words(language: Language, key: string): RegExp {
  const forms = text(language, key).split(' | ')
  const exact = forms.map((form) => form.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '.+'))
  return new RegExp(`^(${exact.join('|')})$`)
}
