// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import { dropDraft, keepDraft, readDraft } from './draft'

beforeEach(() => localStorage.clear())

it('an application is found again by the account that began it, until it is sent', () => {
  keepDraft('u1', { step: 2, values: { specialization: 'Bedah' } })
  expect(readDraft('u1')).toEqual({ step: 2, values: { specialization: 'Bedah' } })
  expect(readDraft('u2')).toBeNull()
  dropDraft('u1')
  expect(readDraft('u1')).toBeNull()
})

it('what is no draft counts as none', () => {
  localStorage.setItem('hellopet.application.u1', '{"step":"x"')
  expect(readDraft('u1')).toBeNull()
  localStorage.setItem('hellopet.application.u1', '{"step":1,"values":{"bio":"a","years":7}}')
  expect(readDraft('u1')).toEqual({ step: 1, values: { bio: 'a' } })
})
