/** The viewer's own zone, as the device says; devices say all kinds of things. */

/** Where most of us are. */
const FALLBACK = 'Asia/Jakarta'

/** Whether times can be written in it. By name, since each component asks. */
const known = new Map<string, boolean>([['Etc/Unknown', false]])

function isKnown(zone: string): boolean {
  const before = known.get(zone)
  if (before !== undefined) return before
  let works = true
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    works = false
  }
  known.set(zone, works)
  return works
}

function said(): unknown {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** Null where the device does not know, or says what nobody knows. */
function ownZone(): string | null {
  const zone = said()
  return typeof zone === 'string' && zone !== '' && isKnown(zone) ? zone : null
}

export const viewerZone = (): string => ownZone() ?? FALLBACK

/** Whether times are written in another zone than the device's, which has to be said. */
export const isZoneGuessed = (): boolean => ownZone() === null
