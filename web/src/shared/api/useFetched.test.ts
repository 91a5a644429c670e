// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useFetched } from './useFetched'

describe('something that is fetched', () => {
  it('is only about what is asked for now, however late the other answer comes', async () => {
    const id = ref('a')
    const answers = new Map<string, (answer: string) => void>()
    const found = effectScope().run(() => useFetched(() => new Promise<string>((resolve) => answers.set(id.value, resolve)), id)) ?? expect.unreachable()
    id.value = 'b'
    await flushPromises()
    answers.get('b')?.('of b')
    answers.get('a')?.('of a')
    await flushPromises()
    expect(found.answer.value).toBe('of b')
    expect(found.isLoading.value).toBe(false)
  })

  it('says why it failed, keeps what was there, and tries again', async () => {
    const fetch = vi.fn().mockResolvedValueOnce('first').mockRejectedValueOnce(new Error('gone')).mockResolvedValueOnce('second')
    const found = effectScope().run(() => useFetched<string>(fetch)) ?? expect.unreachable()
    await flushPromises()
    await found.load()
    expect(found.failure.value).toEqual(new Error('gone'))
    expect(found.answer.value).toBe('first')
    await found.load()
    expect(found.failure.value).toBeNull()
    expect(found.answer.value).toBe('second')
  })
})
