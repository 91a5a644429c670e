import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { rowsOf, type Arrival } from '../rows'
import { ME, message } from '../testing'
import { useUnreadLine } from './useUnreadLine'

function open(first: number, last: number, readSeq: number) {
  const arrival = shallowRef<Arrival | null>({ readSeq, count: last - readSeq })
  const messages = Array.from({ length: last - first + 1 }, (_, index) => message(first + index))
  const rows = rowsOf(messages, [], {
    me: ME,
    zone: 'Asia/Jakarta',
    marks: { counterpartDeliveredSeq: 0, counterpartReadSeq: 0 },
    previews: new Map(),
    startedAt: null,
    isFollowUp: false,
    endedAt: null,
    arrival: arrival.value,
  })
  const isElsewhere = ref(false)
  const made = effectScope().run(() =>
    useUnreadLine(
      () => arrival.value,
      () => rows,
      () => isElsewhere.value,
    ),
  )
  return { ...(made ?? expect.unreachable()), arrival, isElsewhere }
}

describe('the way up to what is unread', () => {
  it('is offered once the line says that it is out of sight, until it was seen', () => {
    const { isOffered, told } = open(1, 9, 3)
    expect(isOffered.value).toBe(false)
    told(false)
    expect(isOffered.value).toBe(true)
    told(true)
    told(false)
    expect(isOffered.value).toBe(false)
  })

  it('is offered where the first unread message is not here yet', () => {
    const { isOffered, isElsewhere } = open(50, 90, 3)
    expect(isOffered.value).toBe(true)
    isElsewhere.value = true
    expect(isOffered.value).toBe(false)
  })

  it('is another one after somebody was away, and none after an answer', async () => {
    const { isOffered, told, arrival } = open(1, 9, 3)
    told(true)
    told(false)
    arrival.value = { readSeq: 8, count: 1 }
    await nextTick()
    expect(isOffered.value).toBe(true)
    arrival.value = null
    expect(isOffered.value).toBe(false)
  })
})
