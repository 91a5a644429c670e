/** A message that was written here and is not known to be stored yet. */
import type { Attachment } from '@/shared/api/types'

export interface OutgoingPicture {
  /** Also its name in lists. */
  previewUrl: string
  /** Null after a reload, when only what was uploaded before is left. */
  file: File | null
  width: number
  height: number
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
