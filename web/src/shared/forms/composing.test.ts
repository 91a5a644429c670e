// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { isComposing } from './composing'

const enter = (fields: KeyboardEventInit & { keyCode?: number }) =>
  Object.defineProperty(new KeyboardEvent('keydown', { key: 'Enter', ...fields }), 'keyCode', {
    value: fields.keyCode ?? 13,
  })

it.each([
  [{ isComposing: true }, true],
  [{ keyCode: 229 }, true],
  [{}, false],
])('Enter with %j belongs to the input method: %s', (fields, belongs) =>
  expect(isComposing(enter(fields))).toBe(belongs),
)
