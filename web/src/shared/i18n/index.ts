/**
 * The languages of the app. Indonesian is the type of every key and comes with the code that says it (build/texts.ts); English is
 * fetched as a whole when asked for.
 */
import { createI18n, useI18n } from 'vue-i18n'
import { computed } from 'vue'
import type id from '@/locales/id'
import { chosenLocale, storeLocale, wantedLocale, type Locale } from './locale'
import type { MessageKey } from './keys'

export type { MessageKey } from './keys'
export type { Locale } from './locale'

/** Values for the `{names}` in a message. */
export type Named = Record<string, string | number>

export const i18n = createI18n({
  legacy: false,
  globalInjection: false,
  locale: 'id' as Locale,
  fallbackLocale: 'id' as Locale,
  // Indonesian nouns have one form; a text may still say "none" in other words, which is then the first of two.
  pluralRules: { id: (count, forms) => (count === 0 ? 0 : forms - 1) },
  messages: { id: {} as typeof id } as Record<string, typeof id>,
})

const composer = i18n.global

/** Called by whatever brings texts with it, before anything of it is shown. */
export function addTexts<Group extends keyof typeof id>(group: Group, texts: (typeof id)[Group]): void {
  composer.mergeLocaleMessage('id', { [group]: texts })
}

/** Switches the language and keeps the choice. */
export async function setLocale(locale: Locale): Promise<void> {
  await show(locale)
  storeLocale(locale)
}

/** The language that is wanted here, before the app is mounted. A link's language is nobody's choice: it is not kept. */
export async function restoreLocale(): Promise<void> {
  const chosen = chosenLocale()
  // Who chose before there was a cookie gets it now.
  if (chosen) storeLocale(chosen)
  await show(wantedLocale())
}

/** Fetches the words first, so that nobody sees half a page of each. */
async function show(locale: Locale): Promise<void> {
  if (locale === 'en' && !composer.availableLocales.includes('en')) {
    composer.setLocaleMessage('en', (await import('@/locales/en')).default)
  }
  composer.locale.value = locale
  document.documentElement.lang = locale
}

export function currentLocale(): Locale {
  return composer.locale.value as Locale
}

/** `t` outside of components: stores, the router, plain modules. */
export function t(key: MessageKey, named: Named = {}, plural?: number): string {
  return plural === undefined ? composer.t(key, named) : composer.t(key, named, plural)
}

/** Whether a key made at run time, such as one of a server's code, has words of ours. */
export function isMessageKey(key: string): key is MessageKey {
  return composer.te(key, 'id')
}

/** `t` for components. Unlike vue-i18n's own it takes only keys that exist: a missing one fails `npm run check`. */
export function useText() {
  const { locale } = useI18n({ useScope: 'global' })
  return { t, locale: computed(() => locale.value as Locale) }
}
