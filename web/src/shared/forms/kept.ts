/** What is being filled in, kept on the device. Without storage it lasts as long as the page. */

type Place = () => Storage

/** What was kept, whatever it is by now; null when nothing was, or nothing that can be read. */
export function readKept(place: Place, key: string): unknown {
  try {
    return JSON.parse(place().getItem(key) ?? 'null')
  } catch {
    return null
  }
}

export function keep(place: Place, key: string, value: unknown): void {
  try {
    place().setItem(key, JSON.stringify(value))
  } catch {
    // Forbidden or full.
  }
}

export function drop(place: Place, key: string): void {
  try {
    place().removeItem(key)
  } catch {
    // Nothing was kept.
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
