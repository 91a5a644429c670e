import { describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time'

describe('oneAtATime', () => {
  it('runs once more for all who asked meanwhile, and never twice at once', async () => {
    const ends: (() => void)[] = []
    let running = 0
    let most = 0
    const ask = oneAtATime(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
    })
    const first = ask()
    const second = ask()
    const third = ask()
    expect(second).toBe(third)
    ends.shift()?.()
    await first
    await Promise.resolve()
    expect(ends).toHaveLength(1)
    ends.shift()?.()
    await third
    expect([most, ends.length]).toEqual([1, 0])
  })

  it('goes on after a failure', async () => {
    let runs = 0
    const ask = oneAtATime(async () => {
      runs += 1
      if (runs === 1) throw new Error('no')
    })
    await expect(ask()).rejects.toThrow('no')
    await ask()
    expect(runs).toBe(2)
  })
})
