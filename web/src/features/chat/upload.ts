/**
 * Brings a picture to the server piece by piece. The server says how much it has, so an upload that was cut off goes on where it
 * stopped: after a lost signal, a reload, a night. Trying again and waiting in between is the outbox's part.
 */
import { NetworkFailure, Problem } from '@/shared/api/problem'
import type { Attachment, Upload } from '@/shared/api/types'
import { appendToUpload, beginUpload, fetchUpload } from './api'
import type { OutgoingPicture } from './outgoing'

/** Small enough that a weak signal gets one through, and that progress is seen. */
export const CHUNK_BYTES = 256 * 1024

export interface UploadEvents {
  begun: (uploadId: string) => void
  /** 0 to 1. */
  progress: (share: number) => void
}

const hasCode = (error: unknown, code: string) => error instanceof Problem && error.code === code
const isGone = (error: unknown) => error instanceof Problem && error.status === 404

export async function upload(
  conversationId: string,
  picture: OutgoingPicture,
  { begun, progress }: UploadEvents,
): Promise<Attachment> {
  const { file, uploadKey } = picture

  async function begin(): Promise<Upload> {
    const fresh = await beginUpload(conversationId, { size: file.size, contentType: file.type, clientId: uploadKey })
    begun(fresh.id)
    return fresh
  }

  /** Where the upload stands now. One that has waited too long is begun anew. */
  async function look(uploadId: string | null): Promise<Upload> {
    if (uploadId === null) return begin()
    try {
      return await fetchUpload(uploadId)
    } catch (error) {
      if (isGone(error)) return begin()
      throw error
    }
  }

  async function append({ id, offset }: Upload): Promise<Upload> {
    try {
      return await appendToUpload(id, offset, file.slice(offset, offset + CHUNK_BYTES))
    } catch (error) {
      // Another tab, an answer that got lost, a piece that came in part: the server has more, or less, than was thought.
      if (hasCode(error, 'upload_offset_mismatch') || hasCode(error, 'malformed_upload') || isGone(error))
        return look(id)
      throw error
    }
  }

  let state = await look(picture.uploadId)
  for (;;) {
    progress(state.offset / file.size)
    if (state.attachment) return state.attachment
    const after = await append(state)
    if (!after.attachment && after.id === state.id && after.offset === state.offset)
      throw new NetworkFailure('the upload does not move')
    state = after
  }
}
