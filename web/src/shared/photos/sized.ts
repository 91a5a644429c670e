/** What the server keeps of a picture besides the whole: each covers a square of so many pixels. */
const SIZES = [96, 192, 384] as const

/** The address of a picture that is drawn in a square of so many points, on a screen with two pixels to the point. */
export function sized(url: string, points: number): string {
  const size = SIZES.find((pixels) => pixels >= points * 2)
  if (!size || !url.startsWith('/api/')) return url
  return `${url}${url.includes('?') ? '&' : '?'}size=${size}`
}
