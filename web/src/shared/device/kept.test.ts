// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drop, dropBefore, keep, readKept } from './kept'

const place = () => localStorage
const DAY_MS = 24 * 3_600_000

describe('what is kept in the browser', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 30) })
  })
  afterEach(() => vi.useRealTimers())

  it('is read again until it is dropped', () => {
    keep(place, 'hellopet.x.u1', { words: 'Muntah' })
    expect(readKept(place, 'hellopet.x.u1')).toEqual({ words: 'Muntah' })
    drop(place, 'hellopet.x.u1')
    expect(readKept(place, 'hellopet.x.u1')).toBeNull()
  })

  it('goes with its age, of every account', () => {
    keep(place, 'hellopet.x.u1', 'old')
    keep(place, 'hellopet.y.u1', 'of another kind')
    vi.setSystemTime(Date.now() + 10 * DAY_MS)
    keep(place, 'hellopet.x.u2', 'new')
    dropBefore(place, 'hellopet.x.', Date.now() - DAY_MS)
    expect([
      readKept(place, 'hellopet.x.u1'),
      readKept(place, 'hellopet.x.u2'),
      readKept(place, 'hellopet.y.u1'),
    ]).toEqual([null, 'new', 'of another kind'])
  })

  it('of an earlier release is read, and ages from now on', () => {
    localStorage.setItem('hellopet.x.u1', '{"words":"Muntah"}')
    dropBefore(place, 'hellopet.x.', Date.now())
    expect(readKept(place, 'hellopet.x.u1')).toEqual({ words: 'Muntah' })
    dropBefore(place, 'hellopet.x.', Date.now() + 1)
    expect(readKept(place, 'hellopet.x.u1')).toBeNull()
  })

  it('counts as nothing where it cannot be read', () => {
    localStorage.setItem('hellopet.x.u1', '{')
    expect(readKept(place, 'hellopet.x.u1')).toBeNull()
  })

  it.each([
    [
      'forbidden',
      () => {
        throw new DOMException('denied', 'SecurityError')
      },
    ],
    [
      'full',
      () =>
        ({
          getItem: () => null,
          removeItem: () => undefined,
          setItem: () => {
            throw new DOMException('full', 'QuotaExceededError')
          },
        }) as unknown as Storage,
    ],
  ])('lasts as long as the page where storage is %s', (_why, broken) => {
    keep(broken, 'hellopet.x.u1', 'Muntah')
    expect(readKept(broken, 'hellopet.x.u1')).toBe('Muntah')
    dropBefore(broken, 'hellopet.x.', Date.now() + 1)
    expect(readKept(broken, 'hellopet.x.u1')).toBeNull()
  })
})
