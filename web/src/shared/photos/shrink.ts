/**
 * Pictures as they are sent: no larger than a vet needs to see, so that a phone with a weak signal uploads a tenth. The browser
 * decodes whatever it can, turned as it was held.
 */

/** The server's own bound. */
export const LARGEST_BYTES = 10 * 1024 * 1024
/** What the server takes as it is. */
export const FORMATS: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

/** The server keeps pictures by the same rule (`platform/src/images/rewriting.rs`). */
const LONGEST_SIDE = 2048
/** What is longer and narrow, such as a screenshot of a laboratory's results, stays as wide as a phone's screen, */
const NARROW_SIDE = 1080
/** up to so many pixels, */
const MOST_PIXELS = 8_000_000
/** and no longer than the server takes. */
const LARGEST_SIDE = 12_000
const QUALITY = 0.82
/** Writing anew what is small already would only lose quality. */
const SMALL_BYTES = 1024 * 1024

export interface Size {
  width: number
  height: number
}

export interface Shrunk extends Size {
  file: Blob
}

/** The size to draw a picture in, or null when it is small enough to be sent as it is. */
export function drawnSize({ width, height }: Size, file: { type: string; size: number }): Size | null {
  const longest = Math.max(width, height)
  const narrow = Math.min(
    NARROW_SIDE / Math.min(width, height),
    Math.sqrt(MOST_PIXELS / (width * height)),
    LARGEST_SIDE / longest,
  )
  const scale = Math.min(1, Math.max(LONGEST_SIDE / longest, narrow))
  if (FORMATS.includes(file.type) && scale === 1 && file.size <= SMALL_BYTES) return null
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export const isHeic = (file: File) => /heic|heif/i.test(file.type) || /\.hei[cf]$/i.test(file.name)

/** Drawings are documents, with more in them than a picture. Phones give HEIC without a type. */
export const isPicture = (file: File) =>
  (file.type.startsWith('image/') && file.type !== 'image/svg+xml') || isHeic(file)

async function draw(bitmap: ImageBitmap, { width, height }: Size): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const brush = canvas.getContext('2d')
  if (!brush) throw new Error('no canvas')
  // What was transparent would turn black.
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, width, height)
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(bitmap, 0, 0, width, height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not drawn'))), 'image/jpeg', QUALITY),
  )
}

/** Throws when the browser cannot read the picture. */
export async function shrink(file: File): Promise<Shrunk> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const { width, height } = bitmap
    const size = drawnSize({ width, height }, file)
    if (!size) return { file, width, height }
    const drawn = await draw(bitmap, size)
    // A flat drawing may be smaller as it was.
    const isWorse = FORMATS.includes(file.type) && size.width === width && drawn.size >= file.size
    return isWorse ? { file, width, height } : { file: drawn, ...size }
  } finally {
    bitmap.close()
  }
}
