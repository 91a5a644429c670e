/** A message that was written here and is not known to be stored yet. */
import type { Attachment } from '@/shared/api/types'

export interface OutgoingPicture {
  /** Its name on the device and in lists. */
  id: string
  /** Shrunk and ready to be sent. */
  file: Blob
  previewUrl: string
  width: number
  height: number
  /** The `clientId` of its upload. */
  uploadKey: string
  /** Set once an upload has begun, so that it goes on where it stopped. */
  uploadId: string | null
  /** Set once the server has it. */
  attachment: Attachment | null
  /** 0 to 1. */
  progress: number
}

export interface Outgoing {
  readonly clientId: string
  readonly conversationId: string
  readonly text: string
  readonly pictures: readonly OutgoingPicture[]
  readonly writtenAt: string
  /**
   * `waiting` and `sending` need nobody. `failed`: the server could not be reached or could not cope, several times; it goes on trying.
   * `refused`: the server said no, and will again unless something changes.
   */
  readonly state: 'waiting' | 'sending' | 'failed' | 'refused'
  readonly failure: unknown
}

/** In the order of writing, in which they are sent; the name decides when two tabs write in the same moment. */
export function inWritingOrder(items: readonly Outgoing[]): Outgoing[] {
  return [...items].sort((a, b) => a.writtenAt.localeCompare(b.writtenAt) || a.clientId.localeCompare(b.clientId))
}
