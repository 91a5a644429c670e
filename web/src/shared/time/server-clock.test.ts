import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetServerTime, learnTime, serverNow } from './server-clock'

const NOON = Date.UTC(2026, 10, 30, 5)
const HOUR_MS = 3_600_000
const headers = (at: number, others: Record<string, string> = {}) =>
  new Headers({ date: new Date(at).toUTCString(), ...others })

describe('the clock that decides', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON })
    forgetServerTime()
  })
  afterEach(() => {
    vi.useRealTimers()
    forgetServerTime()
  })

  it('is the device’s until the server has said something, and while both agree', () => {
    expect(serverNow()).toBe(NOON)
    learnTime(headers(NOON + 1_000), NOON, NOON)
    expect(serverNow()).toBe(NOON)
  })

  it.each([2, -2, 26])('is the server’s where the device is %i hours off', (hours) => {
    learnTime(headers(NOON + hours * HOUR_MS), NOON, NOON)
    expect(Math.abs(serverNow() - NOON - hours * HOUR_MS)).toBeLessThan(1_000)
    vi.setSystemTime(NOON + 7_000)
    expect(Math.abs(serverNow() - NOON - hours * HOUR_MS - 7_000)).toBeLessThan(1_000)
  })

  it('does not jump about with each answer, and follows when somebody corrects the device', () => {
    learnTime(headers(NOON + HOUR_MS), NOON, NOON)
    const first = serverNow()
    learnTime(headers(NOON + HOUR_MS + 1_000), NOON, NOON)
    expect(serverNow()).toBe(first)
    vi.setSystemTime(NOON + HOUR_MS)
    learnTime(headers(NOON + HOUR_MS), NOON + HOUR_MS, NOON + HOUR_MS)
    expect(Math.abs(serverNow() - NOON - HOUR_MS)).toBeLessThan(1_000)
  })

  it('learns nothing from a cache, from nonsense, or from an answer that took as long as the difference', () => {
    learnTime(headers(NOON - HOUR_MS, { age: '3600' }), NOON, NOON)
    learnTime(headers(NOON - HOUR_MS, { 'cache-control': 'private, max-age=31536000' }), NOON, NOON)
    learnTime(new Headers({ date: 'gestern' }), NOON, NOON)
    learnTime(new Headers(), NOON, NOON)
    learnTime(headers(NOON + 2_000), NOON, NOON + 12_000)
    expect(serverNow()).toBe(NOON)
  })
})
