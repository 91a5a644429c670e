// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountInApp } from '@/testing/mount'
import BuyBar from './BuyBar.vue'

const SLOT = '2026-11-24T09:30:00.000Z'
const props = { total: 50_625, when: 'now', startsAt: null, hasTimes: true, isSending: false, isDoctor: false }

describe('the bar', () => {
  let bar: VueWrapper
  afterEach(() => bar.unmount())

  async function press(fields: Partial<Record<keyof typeof props, unknown>>): Promise<[string, string[]]> {
    bar = await mountInApp(BuyBar, { ...props, ...fields })
    const button = bar.get('button')
    await button.trigger('click')
    return [button.text(), Object.keys(bar.emitted()).filter((name) => name !== 'click')]
  }

  it('buys at once', async () => {
    expect(await press({})).toEqual(['Bayar & mulai chat', ['buy']])
  })

  it('buys the time that is chosen, and names it beside the total', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T01:00:00.000Z') })
    expect(await press({ when: 'slot', startsAt: SLOT })).toEqual(['Pesan & bayar', ['buy']])
    vi.useRealTimers()
    expect(bar.text()).toContain('Besok 16.30 WIB')
    expect(bar.text()).toContain('Rp50.625')
  })

  it('leads to the times before one is chosen, and back to now where there are none', async () => {
    expect(await press({ when: 'slot' })).toEqual(['Pilih jam', ['choose']])
    bar.unmount()
    expect(await press({ when: 'slot', hasTimes: false })).toEqual(['Chat tanpa jadwal', ['now']])
  })

  it('sells nothing to a doctor', async () => {
    bar = await mountInApp(BuyBar, { ...props, isDoctor: true })
    expect(bar.find('button').exists()).toBe(false)
  })
})
