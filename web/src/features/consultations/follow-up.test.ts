import { describe, expect, it } from 'vitest'
import { followUpStep } from './follow-up'
import { consultation } from './testing'

const UNTIL = '2026-11-26T02:15:00.000Z'
const ended = (followUp = {}) =>
  consultation({ status: 'ended', followUp: { until: UNTIL, isOpen: false, conversationId: null, ...followUp } })

describe('questions after the end', () => {
  it('can be asked until the time is over', () => {
    expect(followUpStep(ended(), Date.parse(UNTIL) - 1)).toBe('ask')
    expect(followUpStep(ended(), Date.parse(UNTIL))).toBeNull()
  })

  it('go on while they are open and are read afterwards', () => {
    expect(followUpStep(ended({ conversationId: 'f1', isOpen: true }), 0)).toBe('goOn')
    expect(followUpStep(ended({ conversationId: 'f1' }), 0)).toBe('read')
  })

  it('do not exist before the end', () => {
    expect(followUpStep(consultation(), 0)).toBeNull()
  })
})
