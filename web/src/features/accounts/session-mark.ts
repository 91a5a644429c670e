/**
 * A mark on the device that says somebody is signed in here, and who. It is no credential (those are HttpOnly cookies): it
 * saves visitors a pointless refresh at start, and tells the other tabs when somebody signs in or out.
 */
const KEY = 'hellopet.session'

export function readMark(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function writeMark(accountId: string | null): void {
  try {
    if (accountId) localStorage.setItem(KEY, accountId)
    else localStorage.removeItem(KEY)
  } catch {
    // Without storage each tab finds out by itself.
  }
}

/** Calls back with the account's id, or null, when another tab signs in or out. */
export function onMarkChanged(listener: (accountId: string | null) => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY || event.key === null) listener(event.key ? event.newValue : null)
  })
}
