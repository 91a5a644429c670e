import { NetworkFailure, Problem } from './problem'

/**
 * A key for a call that moves money. One intention has one key, however often it is sent: after a lost answer the same key
 * gives the first result again instead of a second purchase.
 */
export function newIdempotencyKey(): string {
  // Missing where the page is not served securely, as on a phone that tries http://192.168.…
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Whether the server may have acted, or acts still, although it did not say so. */
const isUnsure = (error: unknown): boolean =>
  error instanceof NetworkFailure ||
  (error instanceof Problem && (error.status >= 500 || error.code === 'idempotency_key_in_use'))

export type SendOnce = <Answer>(
  about: string,
  wanted: unknown,
  send: (key: string) => Promise<Answer>,
) => Promise<Answer>

/**
 * Gives each intention its key: `wanted` of what it is `about`. Only a try whose answer got lost is sent again under the same
 * key; after an answer, and when something else is wanted meanwhile, the next one is another intention.
 */
export function createIntentions(): SendOnce {
  const open = new Map<string, { wanted: string; key: string }>()

  function keyOf(about: string, wanted: string): string {
    const last = open.get(about)
    if (last?.wanted === wanted) return last.key
    const key = newIdempotencyKey()
    open.set(about, { wanted, key })
    return key
  }

  return async (about, wanted, send) => {
    const key = keyOf(about, JSON.stringify(wanted))
    const close = () => {
      if (open.get(about)?.key === key) open.delete(about)
    }
    try {
      const answer = await send(key)
      close()
      return answer
    } catch (error) {
      if (!isUnsure(error)) close()
      throw error
    }
  }
}
