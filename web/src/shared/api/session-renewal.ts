/**
 * Getting a lost access token back. A refresh token works once, and using it twice ends the session, so only one tab at a
 * time may try (Web Locks), only one call of a tab at a time may ask, and whoever gets the lock first looks whether
 * somebody else was faster.
 */
/** Each of the two calls; while they are under way no call of any tab gets on. */
const CALL_MS = 10_000

type Outcome = 'renewed' | 'ended'

let underWay: Promise<Outcome> | null = null

async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  // Missing only where the page is not served securely (a phone on http://192.168.…): then tabs are on their own.
  return navigator.locks ? navigator.locks.request('hellopet.session', work) : work()
}

async function call(path: string, method = 'GET'): Promise<Response> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), CALL_MS)
  const tooLate = new Promise<never>((_, reject) =>
    controller.signal.addEventListener('abort', () => reject(new TypeError(`${path} took too long`))),
  )
  try {
    return await Promise.race([fetch(path, { method, credentials: 'same-origin', signal: controller.signal }), tooLate])
  } finally {
    clearTimeout(timer)
  }
}

async function renew(): Promise<Outcome> {
  return exclusively(async () => {
    const me = await call('/api/auth/me')
    if (me.ok) return 'renewed'
    const refresh = await call('/api/auth/refresh', 'POST')
    if (refresh.ok) return 'renewed'
    // A busy server or a wall in between say nothing about the session; only its own refusal does.
    if (refresh.status !== 401) throw new TypeError(`refresh answered ${refresh.status}`)
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
