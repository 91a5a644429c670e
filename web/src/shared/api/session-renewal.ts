/**
 * Getting a lost access token back. A refresh token works once, and using it twice ends the session, so only one tab at a
 * time may try (Web Locks), only one call of a tab at a time may ask, and whoever gets the lock first looks whether
 * somebody else was faster.
 */
type Outcome = 'renewed' | 'ended'

let underWay: Promise<Outcome> | null = null

async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  // Missing only where the page is not served securely (a phone on http://192.168.…): then tabs are on their own.
  return navigator.locks ? navigator.locks.request('hellopet.session', work) : work()
}

async function renew(): Promise<Outcome> {
  return exclusively(async () => {
    const me = await fetch('/api/auth/me', { credentials: 'same-origin' })
    if (me.ok) return 'renewed'
    const refresh = await fetch('/api/auth/refresh', { method: 'POST', credentials: 'same-origin' })
    if (refresh.ok) return 'renewed'
    // A busy server says nothing about the session; only a refusal does.
    if (refresh.status >= 500 || refresh.status === 429) throw new TypeError(`refresh answered ${refresh.status}`)
    return 'ended'
  })
}

/** Renews the session, however many calls ask at once. Throws when nobody could say. */
export function renewSession(): Promise<Outcome> {
  underWay ??= renew().finally(() => {
    underWay = null
  })
  return underWay
}
