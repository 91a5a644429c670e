// Pictures packed small, by the browser that is here anyway.

import type { Page } from '@playwright/test'

/** Small enough for a repository, and letters still have clean edges. */
const QUALITY = 0.6

/** A screenshot of this page as WebP; `packer` is an empty page. */
export async function webp(page: Page, packer: Page): Promise<Buffer> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const packed = await packer.evaluate(
    async ([source, quality]) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob())
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      canvas.getContext('2d')!.drawImage(picture, 0, 0)
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer())
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    },
    [png.toString('base64'), QUALITY] as const,
  )
  return Buffer.from(packed, 'latin1')
}
