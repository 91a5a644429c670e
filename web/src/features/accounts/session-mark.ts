/**
 * A mark on the device that says somebody is signed in here, and who. It is no credential (those are HttpOnly cookies): it
 * saves visitors a pointless refresh at start, and tells the other tabs when somebody signs in or out.
 */
const KEY = 'hellopet.session'
/** Stands for somebody who was asked about and is not there. */
const NOBODY = ''

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export const readMark = (): string | null => stored() || null

/**
 * False when nobody can be signed in: there is no mark, and the server saw no session come with the page (`data-session`,
 * server/src/web/index.rs) or, where the page did not come from it, somebody was asked about before. Asking then would only be
 * refused, which browsers note as an error of the page.
 */
export function mayBeSignedIn(): boolean {
  if (readMark() !== null) return true
  const { session } = document.documentElement.dataset
  return session ? session !== 'none' : stored() !== NOBODY
}

export function writeMark(accountId: string | null): void {
  try {
    localStorage.setItem(KEY, accountId ?? NOBODY)
  } catch {
    // Without storage each tab finds out by itself.
  }
}

/** Calls back with the account's id, or null, when another tab signs in or out. */
export function onMarkChanged(listener: (accountId: string | null) => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY || event.key === null) listener(event.key ? event.newValue || null : null)
  })
}
