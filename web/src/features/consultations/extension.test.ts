import { describe, expect, it } from 'vitest'
import { extensionStep } from './extension'
import { consultation } from './testing'

const END = '2026-11-24T02:30:00.000Z'
const minutesBefore = (minutes: number) => Date.parse(END) - minutes * 60_000
const running = (fields = {}) => consultation({ endsAt: END, extensionChoices: [10, 15], ...fields })

describe('more time', () => {
  it('is offered in the last five minutes', () => {
    expect(extensionStep(running(), true, minutesBefore(6))).toBeNull()
    expect(extensionStep(running(), true, minutesBefore(5))).toBe('offer')
    expect(extensionStep(running(), false, minutesBefore(-3))).toBe('offer')
  })

  it('is answered by the other of the two', () => {
    const asked = running({ extension: { askedBy: 'owner', minutes: 15 }, extensionChoices: [] })
    expect(extensionStep(asked, true, minutesBefore(20))).toBe('waiting')
    expect(extensionStep(asked, false, minutesBefore(20))).toBe('asked')
  })

  it('is not offered when there can be no more, or nothing is under way', () => {
    expect(extensionStep(running({ extensionChoices: [] }), true, minutesBefore(1))).toBeNull()
    expect(extensionStep(running({ status: 'ended' }), true, minutesBefore(1))).toBeNull()
    expect(extensionStep(running({ endsAt: null }), true, minutesBefore(1))).toBeNull()
  })
})
