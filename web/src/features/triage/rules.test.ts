import { describe, expect, it } from 'vitest'
import type { TriageSign } from '@/shared/api/types'
import { asked, missingIn, NOTHING_SAID } from './rules'

const sign = (code: string, level: TriageSign['level'], species: TriageSign['species'] = null): TriageSign => ({
  code,
  label: code,
  level,
  species,
})

describe('what is asked before paying', () => {
  const signs = [
    sign('breathing', 'emergency'),
    sign('bloat', 'emergency', ['dog']),
    sign('weak', 'soon'),
    sign('young', 'soon', ['cat', 'dog']),
  ]

  it('is about this kind of animal, the dangers first', () => {
    const { danger, other } = asked(signs, 'cat')
    expect(danger.map(({ code }) => code)).toEqual(['breathing'])
    expect(other.map(({ code }) => code)).toEqual(['weak', 'young'])
  })

  it('is everything where the kind is not known', () => {
    expect(asked(signs, null).danger).toHaveLength(2)
  })

  it('takes words and a time, and nothing else', () => {
    expect(missingIn(NOTHING_SAID)).toEqual(['complaint', 'since'])
    expect(missingIn({ complaint: ' ', since: 'today', signs: ['weak'] })).toEqual(['complaint'])
    expect(missingIn({ complaint: 'x'.repeat(1_001), since: 'today', signs: [] })).toEqual(['long'])
    expect(missingIn({ complaint: 'Muntah', since: 'hours', signs: [] })).toEqual([])
  })
})
