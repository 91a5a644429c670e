/**
 * Pictures as they are sent: no larger than a vet needs to see, so that a phone with a weak signal uploads a tenth. The browser
 * decodes whatever it can, turned as it was held.
 */

/** The server's own bound. */
export const LARGEST_BYTES = 10 * 1024 * 1024
/** What the server takes as it is. */
export const FORMATS: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

const LONGEST_SIDE = 2048
/** A screenshot of a long result is narrow: bound by its longest side, nobody could read it. It may have as many dots as a square one. */
const LONG_RATIO = 2.5
const MOST_DOTS = LONGEST_SIDE ** 2
/** What every browser can draw. */
const DRAWABLE_SIDE = 12_000
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
  const isLong = longest > LONG_RATIO * Math.min(width, height)
  const scale = Math.min(1, isLong ? Math.min(Math.sqrt(MOST_DOTS / (width * height)), DRAWABLE_SIDE / longest) : LONGEST_SIDE / longest)
  if (FORMATS.includes(file.type) && scale === 1 && file.size <= SMALL_BYTES) return null
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export const isHeic = (file: File) => /heic|heif/i.test(file.type) || /\.hei[cf]$/i.test(file.name)

/** Drawings are documents, with more in them than a picture. Phones give HEIC without a type. */
export const isPicture = (file: File) => (file.type.startsWith('image/') && file.type !== 'image/svg+xml') || isHeic(file)

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
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not drawn'))), 'image/jpeg', QUALITY))
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
