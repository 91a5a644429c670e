// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { useForm } from './useForm'

const required = (value: string) => (value ? null : 'kosong')

function form(send: (values: Record<'email' | 'password', string>) => Promise<void>) {
  return useForm({
    checks: { email: required, password: required },
    send,
    fieldOfCode: { email_taken: 'email' },
    refusal: (_field, problem) => (problem.code === 'known' ? 'kata kami' : null),
  })
}

describe('useForm', () => {
  it('does not send what does not pass, and says where', async () => {
    let sent = 0
    const { submit, errorList, refusals } = form(async () => {
      sent += 1
    })
    await submit()
    expect(sent).toBe(0)
    expect(errorList.value.map(({ field }) => field)).toEqual(['email', 'password'])
    expect(refusals.value).toBe(1)
  })

  it('sends once, however often it is asked', async () => {
    let finish = () => {}
    let sent = 0
    const { values, submit, isSending } = form(() => {
      sent += 1
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    Object.assign(values, { email: 'a', password: 'b' })
    const first = submit()
    await submit()
    expect(isSending.value).toBe(true)
    finish()
    await first
    expect(sent).toBe(1)
    expect(isSending.value).toBe(false)
  })

  it('puts refusals at their fields, in our words where we have them', async () => {
    const problem = new Problem(422, 'invalid', 'x', [
      { field: 'email', code: 'known', message: 'kata server' },
      { field: 'password', code: 'other', message: 'kata server' },
    ])
    const { values, submit, errors, failure } = form(() => Promise.reject(problem))
    Object.assign(values, { email: 'a', password: 'b' })
    await submit()
    expect(errors).toEqual({ email: 'kata kami', password: 'kata server' })
    expect(failure.value).toBeNull()
  })

  it('knows which field a whole refusal is about', async () => {
    const { values, submit, errors } = form(() => Promise.reject(new Problem(400, 'email_taken', 'sudah ada')))
    Object.assign(values, { email: 'a', password: 'b' })
    await submit()
    expect(errors.email).toBe('sudah ada')
  })

  it('keeps a failure that belongs to no field', async () => {
    const failed = new NetworkFailure('no answer')
    const { values, submit, failure, errorList } = form(() => Promise.reject(failed))
    Object.assign(values, { email: 'a', password: 'b' })
    await submit()
    expect(failure.value).toBe(failed)
    expect(errorList.value).toEqual([])
  })

  it('shows no error while the send button is being pressed', async () => {
    vi.useFakeTimers()
    const { values, errors, left } = useForm({ checks: { email: () => 'kurang' }, send: async () => {} })
    values.email = 'rara'
    window.dispatchEvent(new Event('pointerdown'))
    left('email')
    expect(errors.email).toBeUndefined()
    window.dispatchEvent(new Event('pointerup'))
    await vi.advanceTimersByTimeAsync(0)
    expect(errors.email).toBe('kurang')
    vi.useRealTimers()
  })

  it('takes an error back as soon as it is mended, and leaves empty fields in peace', async () => {
    const { values, submit, errors, left, typed } = form(async () => {})
    left('email')
    expect(errors.email).toBeUndefined()
    await submit()
    values.email = 'a'
    typed('email')
    expect(errors.email).toBeUndefined()
    expect(errors.password).toBe('kosong')
  })
})
