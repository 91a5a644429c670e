import { expect, it } from 'vitest'
import { sized } from './sized'

it('asks for the smallest picture that is sharp on a screen with two pixels to the point', () => {
  expect(sized('/api/pets/p1/photo?v=7', 48)).toBe('/api/pets/p1/photo?v=7&size=96')
  expect(sized('/api/pets/p1/photo?v=7', 64)).toBe('/api/pets/p1/photo?v=7&size=192')
  expect(sized('/api/licence-documents/d1', 112)).toBe('/api/licence-documents/d1?size=384')
})

it('takes the whole where nothing smaller is large enough, and leaves other pictures alone', () => {
  expect(sized('/api/pets/p1/photo', 200)).toBe('/api/pets/p1/photo')
  expect(sized('blob:https://hellopet.site/1', 40)).toBe('blob:https://hellopet.site/1')
})
