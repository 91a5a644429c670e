// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { ME, ROOM, written } from '../testing'
import { clearDevice } from './database'
import { keepDraft, restoreDrafts } from './draft-storage'
import { keep, restore, waiting } from './outbox-storage'

describe('without a place to keep anything, as in some private windows', () => {
  it('everything goes on as if nothing had been left', async () => {
    await keepDraft(ME, ROOM, () => ({ text: 'halo', pictures: [] }))
    expect(await keep(ME, written('a'))).toBe(false)
    expect(await waiting(ME, ROOM)).toBeNull()
    expect([await restore(ME), await restoreDrafts(ME)]).toEqual([[], new Map()])
    await expect(clearDevice(ME)).resolves.toBeUndefined()
  })
})
