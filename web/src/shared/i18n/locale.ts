/**
 * Which language the viewer reads: what the address says (`?lang=en`, as links in a language carry it), else what was chosen
 * here, else Indonesian. The server follows the same rule for what it writes into a page (server/src/web/reader.rs); since
 * it cannot read the device's storage, the choice is in a cookie as well. public/early.js reads both before the first paint.
 */
export type Locale = 'id' | 'en'

const KEY = 'hellopet.locale'
const COOKIE = 'locale'
const YEAR_SECONDS = 31_536_000

export const LOCALES: readonly Locale[] = ['id', 'en']

const known = (value: string | null | undefined): Locale | null => LOCALES.find((locale) => locale === value) ?? null

export function wantedLocale(): Locale {
  return known(new URLSearchParams(location.search).get('lang')) ?? chosenLocale() ?? 'id'
}

/** What was chosen on this device. */
export function chosenLocale(): Locale | null {
  try {
    return known(localStorage.getItem(KEY)) ?? inCookie()
  } catch {
    return inCookie()
  }
}

export function storeLocale(locale: Locale): void {
  document.cookie = `${COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
  try {
    localStorage.setItem(KEY, locale)
  } catch {
    // Without storage the choice is in the cookie alone.
  }
}

function inCookie(): Locale | null {
  const pairs = document.cookie.split('; ').map((pair) => pair.split('='))
  return known(pairs.find(([name]) => name === COOKIE)?.[1])
}
