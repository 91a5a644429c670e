/** A page that could not be shown: its code did not arrive, or it broke while rendering. AppShell shows it instead. */
import { readonly, shallowRef } from 'vue'

interface PageFailure {
  error: unknown
  /** Where the person was going. */
  address: string
}

const current = shallowRef<PageFailure | null>(null)

export const pageFailure = readonly(current)

export function pageFailed(error: unknown, address: string): void {
  current.value = { error, address }
}

export function clearPageFailure(): void {
  current.value = null
}

const KEY = 'hellopet.reloaded'

/** How browsers say that a piece of the code did not come, and Vite that its styles did not. */
const isCodeMissing = (error: unknown) =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|unable to preload css|is not a valid javascript mime type/i.test(
    error.message,
  )

/**
 * Once for each address, and only where that can be remembered: a page that loads itself for ever is worse than one that says why it does
 * not come. Without a network the browser's own page would come instead.
 */
function mayReload(address: string): boolean {
  if (!navigator.onLine) return false
  try {
    if (sessionStorage.getItem(KEY) === address) return false
    sessionStorage.setItem(KEY, address)
    return sessionStorage.getItem(KEY) === address
  } catch {
    return false
  }
}

/** On the way to a page. After a release its code has another name: loading anew gets it. */
export function arrivalFailed(error: unknown, address: string): void {
  if (isCodeMissing(error) && mayReload(address)) reloadAt(address)
  else pageFailed(error, address)
}

/** The next release is another matter. */
export function arrived(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Nothing was remembered.
  }
}

/** Loading the page anew also fetches a release that came out meanwhile, whose files have other names. */
export function reloadAt(address: string): void {
  window.location.assign(address)
}
