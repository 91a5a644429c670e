import { beforeEach, describe, expect, it } from 'vitest'
import { forgetDraft, keepDraft, readDraft } from './draft'
import { NOTHING_SAID } from './rules'

describe('what somebody began to say', () => {
  beforeEach(() => sessionStorage.clear())

  it('is there after a reload, and gone once it was said', () => {
    expect(readDraft()).toEqual(NOTHING_SAID)
    keepDraft({ complaint: 'Muntah', since: 'today', signs: ['weak'] })
    expect(readDraft()).toEqual({ complaint: 'Muntah', since: 'today', signs: ['weak'] })
    forgetDraft()
    expect(readDraft()).toEqual(NOTHING_SAID)
  })

  it('is read as nothing where it makes no sense', () => {
    for (const kept of ['{', '[]', '{"complaint":3,"since":"gestern","signs":"x"}']) {
      sessionStorage.setItem('hellopet:intake', kept)
      expect(readDraft()).toEqual(NOTHING_SAID)
    }
  })
})
