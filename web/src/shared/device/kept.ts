/**
 * What a feature keeps in the browser's small storage: under `hellopet.<what>.<account>`, with the day it was kept. Where storage
 * is forbidden or full it lasts as long as the page.
 */
import { serverNow } from '@/shared/time/server-clock'

type Place = () => Storage

/** What is older is nobody's work any more. */
export const KEPT_FOR_MS = 14 * 24 * 3_600_000

/** Instead of a storage that takes nothing. */
const inMemory = new Map<string, string>()

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work()
  } catch {
    return null
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `keptAt` is missing where an earlier release kept the bare value. */
function entry(place: Place, key: string): { value: unknown; keptAt: number | null } {
  const text = inMemory.get(key) ?? attempt(() => place().getItem(key)) ?? 'null'
  const kept: unknown = attempt(() => JSON.parse(text) as unknown)
  return isRecord(kept) && typeof kept.keptAt === 'number'
    ? { value: kept.value, keptAt: kept.keptAt }
    : { value: kept, keptAt: null }
}

/** What was kept, whatever it is by now; null when nothing was, or nothing that can be read. */
export const readKept = (place: Place, key: string): unknown => entry(place, key).value

export function keep(place: Place, key: string, value: unknown): void {
  const text = JSON.stringify({ keptAt: serverNow(), value })
  const isStored = attempt(() => (place().setItem(key, text), true))
  if (isStored) inMemory.delete(key)
  else inMemory.set(key, text)
}

export function drop(place: Place, key: string): void {
  inMemory.delete(key)
  attempt(() => place().removeItem(key))
}

/** Drops what begins with `prefix`, whosever it is, and was kept before `instant`. What has no date gets today's. */
export function dropBefore(place: Place, prefix: string, instant: number): void {
  const stored = attempt(() => Object.keys(place())) ?? []
  for (const key of new Set([...stored, ...inMemory.keys()])) {
    if (!key.startsWith(prefix)) continue
    const { value, keptAt } = entry(place, key)
    if (keptAt === null) keep(place, key, value)
    else if (keptAt < instant) drop(place, key)
  }
}
