// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { i18n, setLocale } from '@/shared/i18n'
import { useFormats } from './useFormats'

const NOW = '2026-11-24T01:00:00.000Z'

function formats(): ReturnType<typeof useFormats> {
  let found: ReturnType<typeof useFormats> | undefined
  mount(
    defineComponent({
      setup() {
        found = useFormats()
        return () => null
      },
    }),
    { global: { plugins: [i18n] } },
  )
  if (!found) throw new Error('nothing was mounted')
  return found
}

describe('an appointment', () => {
  afterEach(() => setLocale('id'))

  it.each([
    ['2026-11-24T09:30:00.000Z', 'Hari ini 16.30 WIB', 'hari ini 16.30 WIB'],
    ['2026-11-24T17:30:00.000Z', 'Besok 00.30 WIB', 'besok 00.30 WIB'],
    ['2026-11-26T02:00:00.000Z', 'Kam, 26 Nov 09.00 WIB', 'Kam, 26 Nov 09.00 WIB'],
    ['2026-11-23T02:00:00.000Z', 'Sen, 23 Nov 09.00 WIB', 'Sen, 23 Nov 09.00 WIB'],
  ])('at %s is "%s"', (at, alone, inText) => {
    expect(formats().appointment(at, NOW)).toBe(alone)
    expect(formats().appointmentInText(at, NOW)).toBe(inText)
  })

  it('is said in the viewer’s language', async () => {
    await setLocale('en')
    expect(formats().appointment('2026-11-24T09:30:00.000Z', NOW)).toBe('Today 16:30 WIB')
  })
})
