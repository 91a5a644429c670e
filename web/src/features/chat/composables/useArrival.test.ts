import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { Conversation } from '@/shared/api/types'
import { conversation } from '../testing'
import { useArrival } from './useArrival'

function come(known: Conversation | null) {
  const [shown, loaded, attended] = [shallowRef(known), ref(false), ref(true)]
  const made = effectScope().run(() =>
    useArrival(
      () => shown.value,
      () => loaded.value,
      () => attended.value,
    ),
  )
  return { ...(made ?? expect.unreachable()), shown, loaded, attended }
}

const unread = (readSeq: number, unreadCount: number) =>
  conversation({ readSeq, unreadCount, lastSeq: readSeq + unreadCount })

describe('where somebody had read to', () => {
  it('stays although what is seen is read at once', () => {
    const { arrival, shown } = come(unread(3, 2))
    shown.value = unread(5, 0)
    expect(arrival.value).toEqual({ readSeq: 3, count: 2 })
  })

  it('is learnt from the server where this device did not know of what had come', () => {
    const { arrival, shown, loaded } = come(unread(3, 0))
    expect(arrival.value).toBeNull()
    shown.value = unread(3, 2)
    loaded.value = true
    expect(arrival.value).toEqual({ readSeq: 3, count: 2 })
  })

  it('does not move for what comes while somebody looks', async () => {
    const { arrival, shown, loaded } = come(unread(3, 0))
    loaded.value = true
    await nextTick()
    shown.value = unread(3, 1)
    expect(arrival.value).toBeNull()
  })

  it('is another one after somebody was away, and none after an answer', async () => {
    const { arrival, shown, loaded, attended, leave } = come(unread(3, 2))
    loaded.value = true
    await nextTick()
    attended.value = false
    shown.value = unread(5, 4)
    attended.value = true
    expect(arrival.value).toEqual({ readSeq: 5, count: 4 })
    leave()
    expect(arrival.value).toBeNull()
  })
})
