import { describe, expect, it } from 'vitest'
import type { Consultation } from '@/shared/api/types'
import { counterpartOf, grouped } from './groups'
import { booked, consultation, doctor, owner } from './testing'

const ids = (list: Consultation[]) => list.map(({ id }) => id)

describe('grouped', () => {
  it('parts what is to be paid, what runs and what is over, each newest first', () => {
    const statuses = {
      1: 'ended',
      4: 'awaiting_payment',
      2: 'active',
      5: 'expired',
      3: 'active',
      6: 'cancelled',
      7: 'no_show',
    } as const
    const groups = grouped(Object.entries(statuses).map(([id, status]) => consultation({ id, status })))
    expect(ids(groups.waiting)).toEqual(['4'])
    expect(ids(groups.running)).toEqual(['3', '2'])
    expect(ids(groups.past)).toEqual(['7', '6', '5', '1'])
  })

  it('puts what is booked in the order in which it begins', () => {
    const groups = grouped([
      booked({ id: '1', startsAt: '2026-11-25T02:00:00.000Z' }),
      booked({ id: '2', startsAt: '2026-12-01T02:00:00.000Z' }),
      booked({ id: '3', startsAt: '2026-11-24T02:00:00.000Z' }),
    ])
    expect(ids(groups.scheduled)).toEqual(['3', '1', '2'])
  })
})

describe('counterpartOf', () => {
  it('is the other one for each of the two', () => {
    expect(counterpartOf(consultation(), 'owner')).toBe(doctor)
    expect(counterpartOf(consultation(), 'doctor')).toBe(owner)
  })
})
