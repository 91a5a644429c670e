import { expect, it } from 'vitest'
import { tidyCode } from './code'

it('takes a code as it is typed or copied', () => {
  expect(tidyCode(' r7qk – 31xw\n')).toBe('R7QK-31XW')
  expect(tidyCode('R7QK-31XW')).toBe('R7QK-31XW')
})
