import { expect, it } from 'vitest'
import { freeUntilOf } from './policy'

it('calling off is free until as many minutes before as the policy says', () => {
  expect(freeUntilOf('2026-11-24T09:30:00.000Z', 360)).toBe('2026-11-24T03:30:00.000Z')
})
