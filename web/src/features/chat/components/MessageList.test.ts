// @vitest-environment happy-dom
import { config, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mountInApp } from '@/testing/mount'
import { rowsOf, type RowOptions } from '../rows'
import { ME, message, mine, written } from '../testing'
import MessageList from './MessageList.vue'

const more = { isLoading: false, failed: false, load: () => Promise.resolve() }
const said = [message(1), mine(2), mine(3), message(4)]
const options: RowOptions = {
  me: ME,
  zone: 'Asia/Jakarta',
  marks: { counterpartDeliveredSeq: 3, counterpartReadSeq: 0 },
  previews: new Map(),
  startedAt: null,
  isFollowUp: false,
  endedAt: null,
  arrival: null,
}
const props = {
  name: 'Rara',
  goesUp: false,
  goesDown: false,
  older: more,
  newer: more,
  typing: false,
  offline: false,
  editable: true,
  hint: null,
  found: null,
  arrival: null,
}

describe('a list of messages', () => {
  let list: VueWrapper
  /** What was drawn anew, by its words. */
  let drawn: string[]

  beforeEach(async () => {
    drawn = []
    config.global.mixins = [
      {
        updated(this: { $options: { __name?: string }; $props: { bubble?: { text: string } } }) {
          if (this.$options.__name === 'MessageBubble') drawn.push(this.$props.bubble?.text ?? '')
        },
      },
    ]
    list = await mountInApp(MessageList, { ...props, rows: rowsOf(said, [], options) })
  })
  afterEach(() => {
    list.unmount()
    config.global.mixins = []
  })

  it('draws of a receipt only the bubbles that it is about', async () => {
    await list.setProps({
      rows: rowsOf(said, [], { ...options, marks: { counterpartDeliveredSeq: 3, counterpartReadSeq: 2 } }),
    })
    expect(drawn).toEqual(['text 2'])
  })

  it('draws nothing anew for hearing the same again, nor for somebody who begins to type', async () => {
    await list.setProps({ rows: rowsOf([...said], [], { ...options }), typing: true })
    expect(drawn).toEqual([])
  })

  it('draws beside a new message only the one whose run it continues', async () => {
    await list.setProps({ rows: rowsOf([...said, message(5)], [], options) })
    expect(drawn).toEqual(['text 4'])
  })

  it('draws of an upload only its own bubble', async () => {
    const [one, other] = [written('a'), written('b')]
    await list.setProps({ rows: rowsOf(said, [one, other], options) })
    drawn = []
    await list.setProps({ rows: rowsOf(said, [one, { ...other, state: 'sending' }], options) })
    expect(drawn).toEqual(['b'])
  })

  it('is reached by Tab at its newest message, and gone through by the arrows', async () => {
    const bubbles = () => list.findAll('[data-bubble]')
    const reachable = () => bubbles().findIndex((bubble) => bubble.attributes('tabindex') === '0')
    expect(reachable()).toBe(3)
    ;(bubbles()[3]?.element as HTMLElement).focus()
    await bubbles()[3]?.trigger('keydown', { key: 'ArrowUp' })
    expect(document.activeElement).toBe(bubbles()[2]?.element)
    expect(reachable()).toBe(2)
  })
})
