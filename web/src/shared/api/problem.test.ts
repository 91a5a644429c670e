import { describe, expect, it } from 'vitest'
import { isProblemBody, problemFromBody, problemFromResponse } from './problem'

describe('problem', () => {
  it('takes all that the server said', () => {
    const response = new Response(null, {
      status: 429,
      headers: { 'retry-after': '12', 'x-request-id': 'from-header' },
    })
    const problem = problemFromResponse(response, {
      status: 429,
      code: 'too_many_requests',
      message: 'Pelan-pelan',
      errors: [{ field: 'email', code: 'taken', message: 'sudah ada' }],
      requestId: 'r-1',
    })
    expect(problem).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      message: 'Pelan-pelan',
      requestId: 'r-1',
      retryAfter: 12,
    })
    expect(problem.errors).toEqual([{ field: 'email', code: 'taken', message: 'sudah ada' }])
  })

  it('makes do with a page of a proxy', () => {
    const problem = problemFromResponse(
      new Response(null, { status: 502, headers: { 'x-request-id': 'p-9' } }),
      '<html>Bad gateway</html>',
    )
    expect(problem).toMatchObject({ status: 502, code: 'http_502', message: '', requestId: 'p-9', retryAfter: null })
  })

  it('reads Retry-After given as a date', () => {
    const at = new Date(Date.now() + 30_000).toUTCString()
    const problem = problemFromResponse(new Response(null, { status: 503, headers: { 'retry-after': at } }), {})
    expect(problem.retryAfter).toBeGreaterThan(25)
    expect(problem.retryAfter).toBeLessThanOrEqual(30)
  })

  it('keeps members that only one code has', () => {
    expect(
      problemFromBody({ status: 409, code: 'conversation_already_active', conversationId: 'c1' }).body.conversationId,
    ).toBe('c1')
  })

  it('tells a negative ack from the thing asked for', () => {
    expect(isProblemBody({ code: 'no_active_conversation', status: 403 })).toBe(true)
    expect(isProblemBody({ id: 'm1', status: 'sent' })).toBe(false)
    expect(isProblemBody(null)).toBe(false)
  })
})
