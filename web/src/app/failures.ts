/**
 * What becomes of errors that nobody expected. Only a page that could not be made is replaced; whatever else fails, a press, a promise,
 * leaves the page where it is and says so. All of them reach the console and the operator.
 */
import type { App } from 'vue'
import type { Router } from 'vue-router'

/**
 * Where Vue caught an error whose page is not there: in words, and as the numbers that a release says instead
 * (https://vuejs.org/error-reference/#runtime-errors).
 */
const BREAKING = new Set([
  'setup function',
  'render function',
  'async component loader',
  'component update',
  '0',
  '1',
  '13',
  '15',
])

export const breaksPage = (info: string): boolean => BREAKING.has(info.replace(/^.*#runtime-/, ''))

/** Whoever gave a call up, or left, need not be told. */
const isGivenUp = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

// What tells of failures comes with the first of them: most visits see none. Where it does not come, the console has it.
let reporter: Promise<(error: unknown) => void> | null = null
let routeOf = () => ''

function report(error: unknown): void {
  reporter ??= import('./client-errors').then(({ createReporter }) => createReporter(() => routeOf()))
  reporter.then((tell) => tell(error)).catch(() => (reporter = null))
}

/** For the developer and the operator. */
export function noteFailure(error: unknown): void {
  // eslint-disable-next-line no-console -- the one place where what was caught is shown to developers
  console.error(error)
  report(error)
}

/** For everybody: something did not work, and the page goes on. */
export function sayFailure(error: unknown): void {
  if (isGivenUp(error)) return
  noteFailure(error)
  void import('./failure-toast').then(({ toastFailure }) => toastFailure(error)).catch(() => undefined)
}

/** Catches what reaches nobody else. */
export function catchFailures(app: App, router: Router): void {
  routeOf = () => router.currentRoute.value.matched.at(-1)?.path ?? ''
  app.config.errorHandler = sayFailure
  window.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    sayFailure(event.reason)
  })
  // Of listeners that are not Vue's. Browsers also say things here that are no errors; those bring none.
  window.addEventListener('error', ({ error }) => {
    if (error instanceof Error) report(error)
  })
}
