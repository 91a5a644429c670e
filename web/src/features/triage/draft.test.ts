// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { dropDraft, keepDraft, readDraft } from './draft'
import { NOTHING_SAID } from './rules'

describe('what somebody began to say', () => {
  beforeEach(() => sessionStorage.clear())

  it('is there after a reload, and gone once it was said', () => {
    expect(readDraft('u1')).toEqual(NOTHING_SAID)
    keepDraft('u1', { complaint: 'Muntah', since: 'today', signs: ['weak'] })
    expect(readDraft('u1')).toEqual({ complaint: 'Muntah', since: 'today', signs: ['weak'] })
    dropDraft('u1')
    expect(readDraft('u1')).toEqual(NOTHING_SAID)
  })

  it('is nothing to whoever signs in next', () => {
    keepDraft('u1', { complaint: 'Muntah', since: 'today', signs: [] })
    expect(readDraft('u2')).toEqual(NOTHING_SAID)
  })

  it('is read as nothing where it makes no sense', () => {
    for (const kept of ['{', '[]', '{"complaint":3,"since":"gestern","signs":"x"}']) {
      sessionStorage.setItem('hellopet.intake.u1', kept)
      expect(readDraft('u1')).toEqual(NOTHING_SAID)
    }
  })
})
