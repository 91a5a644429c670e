import { describe, expect, it } from 'vitest'
import { countdown } from './countdown'

describe('countdown', () => {
  it('writes minutes and seconds, and hours only when there are some', () => {
    expect(countdown(892_000, 'id')).toBe('14.52')
    expect(countdown(892_000, 'en')).toBe('14:52')
    expect(countdown(3_600_000, 'id')).toBe('1.00.00')
  })

  it('rounds up, so that it reads zero only when nothing is left', () => {
    expect(countdown(1, 'id')).toBe('00.01')
    expect(countdown(0, 'id')).toBe('00.00')
    expect(countdown(-5_000, 'id')).toBe('00.00')
  })
})
