import { describe, expect, it } from 'vitest'
import type { Consultation } from '@/shared/api/types'
import { counterpartOf, grouped } from './groups'

const owner = { id: 'owner', username: 'Rara', picture: null, role: 'user' as const }
const doctor = { id: 'doctor', username: 'drh. Nadia', picture: null, role: 'dokter' as const }

function consultation(id: string, status: Consultation['status']): Consultation {
  return { id, status, createdAt: '2026-11-22T01:00:00.000Z', startedAt: null, endedAt: null, owner, doctor, quote: { lines: [], total: 0, markupBasisPoints: 0 }, transactionId: null, conversationId: null }
}

const ids = (list: Consultation[]) => list.map(({ id }) => id)

describe('grouped', () => {
  it('parts what is to be paid, what runs and what is over, each newest first', () => {
    const groups = grouped([consultation('1', 'ended'), consultation('4', 'awaiting_payment'), consultation('2', 'active'), consultation('5', 'expired'), consultation('3', 'scheduled'), consultation('6', 'cancelled'), consultation('7', 'no_show')])
    expect(ids(groups.waiting)).toEqual(['4'])
    expect(ids(groups.running)).toEqual(['3', '2'])
    expect(ids(groups.past)).toEqual(['7', '6', '5', '1'])
  })
})

describe('counterpartOf', () => {
  it('is the other one for each of the two', () => {
    expect(counterpartOf(consultation('1', 'active'), 'owner')).toBe(doctor)
    expect(counterpartOf(consultation('1', 'active'), 'doctor')).toBe(owner)
  })
})
