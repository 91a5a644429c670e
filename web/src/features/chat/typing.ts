/** Who is typing, as the server tells it. A lease: should the end get lost on the way, it ends by itself. */
import { shallowReactive } from 'vue'

/** A little longer than the server's own lease, which normally ends it. */
const LEASE_MS = 6000

export function createTypists() {
  const typists = shallowReactive(new Map<string, ReturnType<typeof setTimeout>>())

  function stop(userId: string): void {
    clearTimeout(typists.get(userId))
    typists.delete(userId)
  }

  function hear(userId: string, isTyping: boolean): void {
    stop(userId)
    if (isTyping)
      typists.set(
        userId,
        setTimeout(() => typists.delete(userId), LEASE_MS),
      )
  }

  function clear(): void {
    for (const userId of [...typists.keys()]) stop(userId)
  }

  return { isTyping: (userId: string) => typists.has(userId), hear, stop, clear }
}
