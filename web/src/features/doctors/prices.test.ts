import { expect, it } from 'vitest'
import { boundsWith } from './prices'

it('offers the bound of the address among ours, in order and once', () => {
  expect(boundsWith(60_000).slice(0, 4)).toEqual([25_000, 50_000, 60_000, 75_000])
  expect(boundsWith(50_000)).toEqual(boundsWith(null))
})
