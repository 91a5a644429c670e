import { describe, expect, it } from 'vitest'
import { recordAddress, recordStep } from './link'

describe('the way to a summary', () => {
  it('is to write it for the vet, from the first word of the talk on', () => {
    expect(recordStep({ status: 'active', recordStatus: 'none' }, false)).toBe('write')
    expect(recordStep({ status: 'ended', recordStatus: 'draft' }, false)).toBe('goOn')
    expect(recordStep({ status: 'ended', recordStatus: 'finished' }, false)).toBe('correct')
    expect(recordAddress('c1', 'goOn')).toBe('/konsultasi/c1/catatan')
  })

  it('is to read it for the owner, once it is finished', () => {
    expect(recordStep({ status: 'active', recordStatus: 'none' }, true)).toBeNull()
    expect(recordStep({ status: 'ended', recordStatus: 'none' }, true)).toBe('awaited')
    expect(recordStep({ status: 'ended', recordStatus: 'finished' }, true)).toBe('read')
    expect(recordAddress('c1', 'read')).toBe('/konsultasi/c1/ringkasan')
  })

  it('is not there where no talk took place', () => {
    for (const status of ['scheduled', 'cancelled', 'no_show'] as const)
      expect(recordStep({ status, recordStatus: 'none' }, false), status).toBeNull()
  })
})
