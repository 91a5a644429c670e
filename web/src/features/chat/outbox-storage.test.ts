import { beforeEach, describe, expect, it } from 'vitest'
import { clearDevice, draftOf, keepDraft } from './drafts'
import { forget, keep, restore } from './outbox-storage'
import type { Outgoing } from './outgoing'

const written = (clientId: string, writtenAt: string, fields: Partial<Outgoing> = {}): Outgoing => ({ clientId, conversationId: 'room', text: clientId, pictures: [], writtenAt, state: 'sending', failure: null, ...fields })
const picture = { previewUrl: 'blob:1', file: null, width: 4, height: 3, progress: 0 }
const attachment = { id: 'p', url: '/api/attachments/p', contentType: 'image/jpeg', width: 4, height: 3, byteSize: 9 }

describe('what is kept on the device', () => {
  beforeEach(() => localStorage.clear())

  it('comes back in the order of writing, waiting, for the same account only', () => {
    keep('me', written('b', '2026-11-22T02:00:02.000Z'))
    keep('me', written('a', '2026-11-22T02:00:01.000Z'))
    keep('somebody else', written('x', '2026-11-22T02:00:00.000Z'))
    expect(restore('me').items.map(({ clientId, state }) => `${clientId} ${state}`)).toEqual(['a waiting', 'b waiting'])
  })

  it('is gone once it was sent', () => {
    keep('me', written('a', '2026-11-22T02:00:01.000Z'))
    forget('me', 'a')
    expect(restore('me').items).toEqual([])
  })

  it('has its uploaded pictures, and gives back the words of those that were not', () => {
    keep('me', written('whole', '2026-11-22T02:00:01.000Z', { pictures: [{ ...picture, attachment }] }))
    keep('me', written('half', '2026-11-22T02:00:02.000Z', { pictures: [{ ...picture, attachment: null }] }))
    const { items, lost } = restore('me')
    expect(items.map(({ clientId }) => clientId)).toEqual(['whole'])
    expect(items[0]?.pictures[0]).toMatchObject({ attachment, previewUrl: attachment.url, progress: 1 })
    expect(lost).toEqual([expect.objectContaining({ text: 'half' })])
    expect(restore('me').lost).toEqual([])
  })

  it('survives what is not ours to read', () => {
    localStorage.setItem('hellopet.outbox.me.broken', '{')
    expect(restore('me').items).toEqual([])
  })

  it('goes when somebody signs out on purpose', () => {
    keep('me', written('a', '2026-11-22T02:00:01.000Z'))
    keepDraft('me', 'room', 'half a sentence')
    keepDraft('you', 'room', 'another one')
    expect(draftOf('me', 'room')).toBe('half a sentence')
    clearDevice('me')
    expect(draftOf('me', 'room')).toBe('')
    expect(restore('me').items).toEqual([])
    expect(draftOf('you', 'room')).toBe('another one')
  })
})
