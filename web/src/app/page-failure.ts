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

/** Loading the page anew also fetches a release that came out meanwhile, whose files have other names. */
export function reloadAt(address: string): void {
  window.location.assign(address)
}
