import { describe, expect, it } from 'vitest'
import { isEditable, missingOf, mayWrite, refuseReply, refuseTitle, sectionsOf } from './rules'
import { record } from './testing'

describe('a summary', () => {
  it('needs everything but a prescription before it is finished', () => {
    expect(missingOf(sectionsOf(null))).toEqual({
      complaint: 'records.refusals.empty',
      findings: 'records.refusals.empty',
      advice: 'records.refusals.empty',
      nextStep: 'records.refusals.empty',
    })
    expect(missingOf(sectionsOf(record({ prescription: '' })))).toEqual({})
    expect(missingOf(sectionsOf(record({ advice: '  \n' })))).toEqual({ advice: 'records.refusals.empty' })
  })

  it('takes four thousand characters a section, counted as people do', () => {
    expect(missingOf(sectionsOf(record({ prescription: '🐈'.repeat(4_000) })))).toEqual({})
    expect(missingOf(sectionsOf(record({ prescription: 'x'.repeat(4_001) })))).toEqual({
      prescription: 'records.refusals.tooLong',
    })
  })

  it('is written of a talk that runs or is over', () => {
    for (const status of ['active', 'ended'] as const) expect(mayWrite({ status }), status).toBe(true)
    for (const status of ['awaiting_payment', 'scheduled', 'expired', 'cancelled', 'no_show'] as const)
      expect(mayWrite({ status }), status).toBe(false)
  })

  it('can be corrected until its time is over', () => {
    const finished = record({ status: 'finished', editableUntil: '2026-11-26T02:42:00.000Z' })
    expect(isEditable(null, 0)).toBe(true)
    expect(isEditable(record({ status: 'draft', editableUntil: null }), 0)).toBe(true)
    expect(isEditable(finished, Date.parse('2026-11-26T02:41:59.999Z'))).toBe(true)
    expect(isEditable(finished, Date.parse('2026-11-26T02:42:00.000Z'))).toBe(false)
  })
})

describe('a canned reply', () => {
  it('has a short title and some words', () => {
    expect(refuseTitle('Minta foto gusi')).toBeNull()
    expect(refuseTitle('   ')).toBe('records.replies.refusals.title')
    expect(refuseTitle('x'.repeat(61))).toBe('records.refusals.tooLong')
    expect(refuseReply('Halo Kak {pemilik}.')).toBeNull()
    expect(refuseReply('')).toBe('records.replies.refusals.body')
    expect(refuseReply('x'.repeat(4_001))).toBe('records.refusals.tooLong')
  })
})
