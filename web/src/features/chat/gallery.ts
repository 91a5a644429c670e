/** Every picture of the messages that are shown, in their order, for the large view. Pure. */
import type { BubblePicture, Row } from './rows'

export interface GalleryPicture extends BubblePicture {
  /** The words that were sent with it. */
  caption: string
  mine: boolean
  at: string
}

export function galleryOf(rows: readonly Row[]): GalleryPicture[] {
  return rows.flatMap((row) =>
    row.kind === 'bubble'
      ? row.bubble.pictures.map((picture) => ({
          ...picture,
          caption: row.bubble.text,
          mine: row.bubble.mine,
          at: row.bubble.at,
        }))
      : [],
  )
}
