import { describe, expect, it } from 'vitest'
import { waitingFor } from './answer'
import { consultation } from './testing'

const answerBy = '2026-11-22T01:10:00.000Z'
const refundAt = '2026-11-22T01:25:00.000Z'
const endsAt = '2026-11-22T01:33:00.000Z'

describe('waitingFor', () => {
  it('is the answer at first, then a late one, then the end', () => {
    expect(waitingFor(consultation({ answerBy }))).toEqual({ what: 'until', at: answerBy })
    expect(waitingFor(consultation({ answerBy, refundAt }))).toEqual({ what: 'late', at: refundAt })
    expect(waitingFor(consultation({ endsAt }))).toEqual({ what: 'ends', at: endsAt })
  })

  it('is nothing before it begins and once it is over', () => {
    for (const status of ['scheduled', 'ended', 'cancelled', 'no_show'] as const)
      expect(waitingFor(consultation({ status, answerBy, endsAt }))).toBeNull()
  })
})
