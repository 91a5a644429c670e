import { beforeEach, describe, expect, it } from 'vitest'
import { createIntentions, type SendOnce } from './idempotency'
import { NetworkFailure, Problem } from './problem'

const problem = (status: number, code: string) => new Problem(status, code, '')

describe('the key of an intention', () => {
  let sendOnce: SendOnce
  let keys: string[]
  const send = (about: string, wanted: unknown, failure?: Error) =>
    sendOnce(about, wanted, (key) => {
      keys.push(key)
      return failure ? Promise.reject(failure) : Promise.resolve('done')
    }).catch(() => undefined)
  const count = () => new Set(keys).size

  beforeEach(() => {
    sendOnce = createIntentions()
    keys = []
  })

  it.each([new NetworkFailure(), problem(502, 'http_502'), problem(409, 'idempotency_key_in_use')])(
    'stays while nobody knows what became of it (%s)',
    async (failure) => {
      await send('cancel/1', null, failure)
      await send('cancel/1', null)
      expect(count()).toBe(1)
    },
  )

  it('ends with an answer, yes or no', async () => {
    await send('cancel/1', null)
    await send('cancel/1', null, problem(409, 'consultation_state_changed'))
    await send('cancel/1', null)
    expect(count()).toBe(3)
  })

  it('is another one for another thing, and for the same thing once another was wanted', async () => {
    await send('reschedule/1', 'ten', new NetworkFailure())
    await send('reschedule/2', 'ten', new NetworkFailure())
    await send('reschedule/1', 'eleven', new NetworkFailure())
    await send('reschedule/1', 'ten', new NetworkFailure())
    expect(count()).toBe(4)
  })
})
