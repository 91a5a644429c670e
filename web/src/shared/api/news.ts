/** News over the socket makes answers stale: what is shown of them is asked for again, the rest once somebody looks at it. */
import { useQueryCache, type EntryKey } from '@pinia/colada'
import { realtime, type ServerEvents } from '@/shared/realtime'

/** One step of the server is often told in several events. */
const COLLECT_MS = 100

const waiting = new Set<EntryKey>()

function ask(): void {
  const keys = [...waiting]
  waiting.clear()
  const isMeant = (known: EntryKey) => keys.some((key) => key.every((part, place) => known[place] === part))
  // Why one could not be had stands at that one.
  useQueryCache()
    .invalidateQueries({ predicate: ({ key }) => isMeant(key) })
    .catch(() => undefined)
}

/** Whatever begins with the key. */
export function makeStale(key: EntryKey): void {
  if (waiting.size === 0) setTimeout(ask, COLLECT_MS)
  waiting.add(key)
}

/**
 * Whatever begins with the key is stale when one of these events comes, and when the connection stands: what changed before was
 * told to nobody here. Said once, where the queries are named.
 */
export function followNews(key: EntryKey, events: readonly (keyof ServerEvents)[]): void {
  for (const event of events) realtime.onEvent(event, () => makeStale(key))
  // Where it stands already, all that is asked from now on is followed.
  let isBefore = true
  realtime.onConnected(() => isBefore || makeStale(key))
  isBefore = false
}

/** Whoever was cut off for a while may have missed what there are no events for. */
export function followReconnects(): void {
  let wasConnected = false
  realtime.onConnected(() => {
    if (wasConnected) makeStale([])
    wasConnected = true
  })
}
