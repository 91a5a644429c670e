/** What stands for a picture until it is here: twenty bytes that came with the message, drawn as a blur. */
import { thumbHashToDataURL } from 'thumbhash'

const drawn = new Map<string, string | null>()

function draw(placeholder: string): string | null {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(placeholder), (letter) => letter.charCodeAt(0)))
  } catch {
    // Not a ThumbHash: the plain ground stands there.
    return null
  }
}

/** An address of the blur, or null when there is none. */
export function blurOf(placeholder: string | null): string | null {
  if (!placeholder) return null
  const known = drawn.get(placeholder)
  if (known !== undefined) return known
  const address = draw(placeholder)
  drawn.set(placeholder, address)
  return address
}
