/** Which language the viewer reads. Kept on the device under the key that public/early.js reads before the first paint. */
export type Locale = 'id' | 'en'

const KEY = 'hellopet.locale'

export const LOCALES: readonly Locale[] = ['id', 'en']

export function storedLocale(): Locale {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'id'
  } catch {
    return 'id'
  }
}

export function storeLocale(locale: Locale): void {
  try {
    localStorage.setItem(KEY, locale)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
