/** The colour scheme: the device's, or the viewer's own choice. public/early.js does the same once before the first paint. */
import { readonly, ref, watch } from 'vue'

export type Scheme = 'device' | 'light' | 'dark'

const KEY = 'hellopet.scheme'
const GROUND = { light: '#FFF9F2', dark: '#0C1A18' }

const darkDevice = window.matchMedia('(prefers-color-scheme: dark)')

function stored(): Scheme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'device'
  } catch {
    return 'device'
  }
}

const chosen = ref<Scheme>(stored())

function apply(): void {
  const dark = chosen.value === 'dark' || (chosen.value === 'device' && darkDevice.matches)
  document.documentElement.classList.toggle('dark', dark)
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', dark ? GROUND.dark : GROUND.light)
}

/** Follows the device and the viewer from now on. */
export function followScheme(): void {
  darkDevice.addEventListener('change', apply)
  watch(chosen, apply, { immediate: true })
}

export const scheme = readonly(chosen)

export function chooseScheme(value: Scheme): void {
  chosen.value = value
  try {
    if (value === 'device') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, value)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
