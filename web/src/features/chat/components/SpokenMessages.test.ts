// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import { rowsOf } from '../rows'
import { ME, message, mine } from '../testing'
import SpokenMessages from './SpokenMessages.vue'

vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.reject(new Problem(401, 'unauthenticated', '')) }))

const rows = (...messages: Parameters<typeof rowsOf>[0]) =>
  rowsOf(messages, [], {
    me: ME,
    zone: 'Asia/Jakarta',
    marks: { counterpartDeliveredSeq: 0, counterpartReadSeq: 0 },
    previews: new Map(),
    startedAt: null,
    isFollowUp: false,
    arrival: null,
    endedAt: null,
  })
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => message(from + index))

async function listening() {
  const part = await mountInApp(SpokenMessages, { rows: [], goesDown: false, name: 'Rara' })
  const hear = async (props: Record<string, unknown>) => {
    await part.setProps(props)
    await nextTick()
    return part.findAll('p').map((said) => said.text())
  }
  return hear
}

describe('what a chat says aloud', () => {
  it('is silent about what was there before, also when older pages come', async () => {
    const hear = await listening()
    expect(await hear({ rows: rows(...range(41, 80)) })).toEqual([])
    expect(await hear({ rows: rows(...range(1, 80)) })).toEqual([])
  })

  it('says what the other side writes, and nothing of our own', async () => {
    const hear = await listening()
    await hear({ rows: rows(...range(1, 3)) })
    expect(await hear({ rows: rows(...range(1, 3), mine(4)) })).toEqual([])
    expect(await hear({ rows: rows(...range(1, 3), mine(4), message(5)) })).toEqual(['Rara: text 5'])
  })

  it('is silent while somebody reads further up', async () => {
    const hear = await listening()
    await hear({ rows: rows(...range(1, 3)), goesDown: true })
    expect(await hear({ rows: rows(...range(1, 40)), goesDown: true })).toEqual([])
  })

  it('says the newest of much that was missed', async () => {
    const hear = await listening()
    await hear({ rows: rows(...range(1, 3)) })
    expect(await hear({ rows: rows(...range(1, 20)) })).toEqual([16, 17, 18, 19, 20].map((seq) => `Rara: text ${seq}`))
  })
})
