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
