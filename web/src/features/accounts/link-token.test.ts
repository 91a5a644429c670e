// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import { takeLinkToken } from './link-token'

beforeEach(() => history.replaceState({ position: 3 }, '', '/sandi-baru#a-token'))

it('is taken once, and nothing of it stays in the address', () => {
  expect(takeLinkToken()).toBe('a-token')
  expect(location.hash).toBe('')
  expect(location.pathname).toBe('/sandi-baru')
  expect(history.state).toEqual({ position: 3 })
  expect(takeLinkToken()).toBe('')
})
