// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import type { Upload } from '@/shared/api/types'
import { attachment, picture, ROOM } from './testing'
import { CHUNK_BYTES, upload } from './upload'

/** The server's uploads, reached through `fetch` as the app does. */
class Uploads {
  uploads = new Map<string, Upload & { key: string }>()
  chunks: [offset: number, bytes: number][] = []
  /** What happens to the next calls instead of an answer. */
  accidents: ('cut off' | 'answer lost')[] = []

  fetch = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (request.method === 'POST') return this.begin((await request.json()) as { size: number; clientId: string })
    const found = this.uploads.get(pathname.split('/').at(-1) ?? '')
    if (!found) return this.refuse(404, 'not_found')
    return request.method === 'GET' ? this.answer(found) : this.append(found, request)
  }

  private begin({ size, clientId }: { size: number; clientId: string }): Response {
    const known = [...this.uploads.values()].find(({ key }) => key === clientId)
    if (known) return this.answer(known)
    const fresh = {
      id: `u${this.uploads.size + 1}`,
      key: clientId,
      conversationId: ROOM,
      size,
      offset: 0,
      expiresAt: '2026-11-23T02:00:00.000Z',
      attachment: null,
    }
    this.uploads.set(fresh.id, fresh)
    return this.answer(fresh, 201)
  }

  private async append(found: Upload & { key: string }, request: Request): Promise<Response> {
    const accident = this.accidents.shift()
    if (accident === 'cut off') throw new TypeError('Failed to fetch')
    const offset = Number(request.headers.get('upload-offset'))
    if (offset !== found.offset) return this.refuse(409, 'upload_offset_mismatch')
    const { byteLength } = await request.arrayBuffer()
    this.chunks.push([offset, byteLength])
    found.offset += byteLength
    if (found.offset === found.size) found.attachment = attachment('done')
    if (accident === 'answer lost') throw new TypeError('Failed to fetch')
    return this.answer(found)
  }

  private answer = (body: Upload, status = 200) => Response.json(body, { status })
  private refuse = (status: number, code: string) => Response.json({ status, code }, { status })
}

let server: Uploads
const begun = vi.fn()
const shares: number[] = []
const events = { begun, progress: (share: number) => shares.push(share) }
const SIZE = 2.5 * CHUNK_BYTES

describe('upload', () => {
  beforeEach(() => {
    server = new Uploads()
    begun.mockReset()
    shares.length = 0
    vi.stubGlobal('fetch', server.fetch)
  })

  it('goes piece by piece, and tells how far it is', async () => {
    await expect(upload(ROOM, picture('p', SIZE), events)).resolves.toEqual(attachment('done'))
    expect(server.chunks).toEqual([
      [0, CHUNK_BYTES],
      [CHUNK_BYTES, CHUNK_BYTES],
      [2 * CHUNK_BYTES, CHUNK_BYTES / 2],
    ])
    expect(begun).toHaveBeenCalledWith('u1')
    expect(shares).toEqual([0, 0.4, 0.8, 1])
  })

  it('goes on where it stopped, after a cut and after a reload', async () => {
    server.accidents = [undefined as never, 'cut off']
    await expect(upload(ROOM, picture('p', SIZE), events)).rejects.toBeInstanceOf(NetworkFailure)
    await upload(ROOM, picture('p', SIZE, { uploadId: 'u1' }), events)
    expect(server.chunks.map(([offset]) => offset)).toEqual([0, CHUNK_BYTES, 2 * CHUNK_BYTES])
    expect(server.uploads.size).toBe(1)
  })

  it('finds its upload again by its key when even its name was lost', async () => {
    server.accidents = [undefined as never, 'cut off']
    await upload(ROOM, picture('p', SIZE), events).catch(() => undefined)
    await upload(ROOM, picture('p', SIZE), events)
    expect(server.uploads.size).toBe(1)
    expect(server.chunks.map(([offset]) => offset)).toEqual([0, CHUNK_BYTES, 2 * CHUNK_BYTES])
  })

  it('sends no byte twice when an answer was lost', async () => {
    server.accidents = ['answer lost']
    await upload(ROOM, picture('p', SIZE), events).catch(() => undefined)
    await upload(ROOM, picture('p', SIZE, { uploadId: 'u1' }), events)
    expect(server.chunks.map(([offset]) => offset)).toEqual([0, CHUNK_BYTES, 2 * CHUNK_BYTES])
  })

  it('follows the offset of the server when somebody else went on', async () => {
    const going = upload(ROOM, picture('p', SIZE), {
      ...events,
      begun: () => Object.assign(server.uploads.get('u1') ?? {}, { offset: CHUNK_BYTES }),
    })
    await expect(going).resolves.toEqual(attachment('done'))
    expect(server.chunks.map(([offset]) => offset)).toEqual([CHUNK_BYTES, 2 * CHUNK_BYTES])
  })

  it('begins anew when it has waited too long', async () => {
    await expect(upload(ROOM, picture('p', 9, { uploadId: 'expired' }), events)).resolves.toEqual(attachment('done'))
    expect(begun).toHaveBeenCalledWith('u1')
  })

  it('asks for no bytes when all are there', async () => {
    await upload(ROOM, picture('p', SIZE), events)
    server.chunks.length = 0
    await upload(ROOM, picture('p', SIZE, { uploadId: 'u1' }), events)
    expect(server.chunks).toEqual([])
  })

  it('gives up for now when nothing moves', async () => {
    vi.stubGlobal('fetch', async (request: Request) =>
      request.method === 'PATCH'
        ? Response.json({ status: 409, code: 'upload_offset_mismatch' }, { status: 409 })
        : server.fetch(request),
    )
    await expect(upload(ROOM, picture('p', SIZE), events)).rejects.toBeInstanceOf(NetworkFailure)
  })

  it('passes on what the server does not take', async () => {
    vi.stubGlobal('fetch', async (request: Request) =>
      request.method === 'PATCH'
        ? Response.json(
            {
              status: 422,
              code: 'validation_failed',
              errors: [{ field: 'file', code: 'heic_not_supported', message: 'HEIC' }],
            },
            { status: 422 },
          )
        : server.fetch(request),
    )
    await expect(upload(ROOM, picture('p', SIZE), events)).rejects.toMatchObject({
      name: 'Problem',
      errors: [{ code: 'heic_not_supported' }],
    })
  })
})
