// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { NetworkFailure } from '@/shared/api/problem'
import type { Slots } from '@/shared/api/types'
import { addDays } from '@/shared/formats/moments'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import { useSlots } from '../composables/useSlots'
import { slot, slots } from '../testing'
import SlotPicker from './SlotPicker.vue'

vi.mock('../api')
const server = vi.mocked(api)

/** So many days, those that are named with slots. */
function answer(named: Record<string, Slots['days'][number]['slots']>, fields: Partial<Slots> = {}): Slots {
  return slots(
    Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => addDays('2026-11-24', index)).map((date) => [date, named[date] ?? []]),
    ),
    fields,
  )
}

describe('the picker', () => {
  const chosen = ref<string | null>(null)
  let page: VueWrapper

  const Host = defineComponent({
    setup() {
      const source = useSlots(ref('d1'))
      return () =>
        h(SlotPicker, {
          source,
          doctorName: 'drh. Nadia',
          modelValue: chosen.value,
          'onUpdate:modelValue': (value: string | null) => (chosen.value = value),
        })
    },
  })

  async function open(): Promise<void> {
    page = await mountInApp(Host)
    await flushPromises()
  }
  const times = () => page.findAll('fieldset time').map((time) => time.text())

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T01:00:00.000Z') })
    chosen.value = null
    server.fetchSlots.mockReset().mockResolvedValue(
      answer({
        '2026-11-25': [slot('2026-11-25T03:00:00.000Z', false), slot('2026-11-25T09:30:00.000Z')],
        '2026-11-26': [slot('2026-11-26T02:00:00.000Z', false)],
      }),
    )
  })
  afterEach(() => {
    page.unmount()
    vi.useRealTimers()
  })

  it('begins with the first day that has room, by parts of the day, in the viewer’s zone', async () => {
    await open()
    expect(page.text()).toContain('Rabu, 25 November')
    expect(page.text()).toContain('WIB')
    expect(page.text()).not.toContain('praktik dalam')
    expect(page.findAll('fieldset legend').map((legend) => legend.text())).toEqual(['Pagi', 'Siang dan sore'])
    expect(times()).toEqual(['10.00', '16.30'])
  })

  it('shows a taken time, which cannot be chosen, and a full day, which can be looked at', async () => {
    await open()
    const [taken, free] = page.findAll<HTMLInputElement>('fieldset input')
    expect(taken?.element.disabled).toBe(true)
    await free?.setValue()
    expect(chosen.value).toBe('2026-11-25T09:30:00.000Z')
    const full = page.get<HTMLInputElement>('[data-day="2026-11-26"] input')
    expect(full.attributes('aria-label')).toBe('Kamis, 26 November, penuh')
    await full.setValue()
    expect(times()).toEqual(['09.00'])
    expect(chosen.value).toBeNull()
    expect(page.get<HTMLInputElement>('[data-day="2026-11-24"] input').element.disabled).toBe(true)
  })

  it('names the doctor’s zone when it is another one', async () => {
    server.fetchSlots.mockResolvedValue(
      answer({ '2026-11-25': [slot('2026-11-25T03:00:00.000Z')] }, { timeZone: 'Asia/Jayapura' }),
    )
    await open()
    expect(page.text()).toContain('drh. Nadia praktik dalam WIT')
    expect(times()).toEqual(['10.00'])
  })

  it('leads to a free time that is further away', async () => {
    server.fetchSlots.mockResolvedValueOnce(answer({}, { nextAvailableAt: '2026-12-05T02:00:00.000Z' }))
    await open()
    expect(page.text()).toContain('Sab, 5 Des 09.00 WIB')
    server.fetchSlots.mockResolvedValue(
      slots({
        '2026-12-02': [],
        '2026-12-03': [],
        '2026-12-04': [],
        '2026-12-05': [slot('2026-12-05T02:00:00.000Z')],
        '2026-12-06': [],
      }),
    )
    await page
      .findAll('button')
      .find((button) => button.text() === 'Lihat hari itu')
      ?.trigger('click')
    await flushPromises()
    expect(server.fetchSlots).toHaveBeenLastCalledWith('d1', 5, '2026-12-02')
    expect(times()).toEqual(['09.00'])
  })

  it('says when there is nothing, and when nobody could say', async () => {
    server.fetchSlots.mockResolvedValueOnce(answer({}))
    await open()
    expect(page.text()).toContain('drh. Nadia belum membuka jadwal')
    page.unmount()
    server.fetchSlots.mockRejectedValueOnce(new NetworkFailure())
    await open()
    expect(page.get('[role="alert"]').text()).toContain('Jam dokter gagal dimuat')
    await page.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(times()).toEqual(['10.00', '16.30'])
  })
})
