import { describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { createReporter, described } from './client-errors'

describe('what the operator is told', () => {
  it('is the kind of the error and the place in the code', () => {
    const error = new TypeError('x is not a function')
    error.stack =
      'TypeError: x is not a function\n    at go (https://app.test/assets/index-abc.js?v=3#x:12:7)\n    at https://app.test/assets/vendor.js:1:1'
    expect(described(error, '/chat/:id')).toEqual({
      route: '/chat/:id',
      message: 'TypeError: x is not a function',
      stack: '    at go (https://app.test/assets/index-abc.js:12:7)\n    at https://app.test/assets/vendor.js:1:1',
    })
  })

  it('has nothing of what people typed, nor whose it is', () => {
    const told = [
      new SyntaxError('Unexpected token \'M\', "Miko muntah darah" is not valid JSON'),
      new Problem(422, 'validation_failed', 'Miko muntah darah'),
      Object.assign(new Error('no row 0b5b2f3e-4b9c-4c1f-9a55-0c2f6a7d1e11'), {
        stack:
          'Error: Miko muntah darah\n    at eval (https://app.test/chat/0b5b2f3e-4b9c-4c1f-9a55-0c2f6a7d1e11?cari=darah:1:1)',
      }),
      'Miko muntah darah',
      { words: 'darah' },
    ].map((error) => JSON.stringify(described(error, '/')))
    for (const one of told) expect(one).not.toMatch(/Miko|muntah|darah|0b5b2f3e/)
  })

  it('is short, told once, and five times at most', () => {
    const send = vi.fn(() => Promise.resolve())
    const report = createReporter(() => '/', send)
    const same = new Error('x'.repeat(9_999))
    report(same)
    report(same)
    expect(send).toHaveBeenCalledTimes(1)
    expect(JSON.stringify(send.mock.calls).length).toBeLessThan(5_000)
    for (let each = 0; each < 9; each += 1) report(new Error(`number ${each}`))
    expect(send).toHaveBeenCalledTimes(5)
  })

  it('is nothing where nobody answers', () => {
    const send = vi.fn(() => Promise.reject(new TypeError('offline')))
    const report = createReporter(() => '/', send)
    report(new NetworkFailure('no answer'))
    expect(send).not.toHaveBeenCalled()
    expect(() => report(new Error('x'))).not.toThrow()
  })
})
