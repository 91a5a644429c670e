/** The languages of the app. Indonesian ships with the first page and is the type of every key; English is fetched when asked for. */
import { createI18n, useI18n } from 'vue-i18n'
import { computed } from 'vue'
import id from '@/locales/id'
import { storedLocale, storeLocale, type Locale } from './locale'
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
  messages: { id } as Record<string, typeof id>,
})

const composer = i18n.global

/** Switches the language, fetching its words first, so that nobody sees half a page of each. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !composer.availableLocales.includes('en')) {
    composer.setLocaleMessage('en', (await import('@/locales/en')).default)
  }
  composer.locale.value = locale
  document.documentElement.lang = locale
  storeLocale(locale)
}

/** The viewer's stored language, before the app is mounted. */
export async function restoreLocale(): Promise<void> {
  if (storedLocale() !== 'id') await setLocale(storedLocale())
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
