// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import ErrorSummary from './ErrorSummary.vue'

describe('ErrorSummary', () => {
  let summary: VueWrapper
  afterEach(() => summary.unmount())

  it('takes the focus after a refused try and leads to the fields', async () => {
    const field = document.body.appendChild(document.createElement('input'))
    field.id = 'email'
    summary = await mountInApp(ErrorSummary, { errors: [], failure: null, refusals: 0 })
    await summary.setProps({ errors: [{ field: 'email', label: 'Email' }], refusals: 1 })
    await flushPromises()
    expect(document.activeElement).toBe(summary.get('[role=alert]').element)
    expect(summary.text()).toContain('Ada 1 yang perlu diperbaiki')
    await summary.get('a').trigger('click')
    expect(document.activeElement).toBe(field)
    field.remove()
  })

  it('says whose fault a failure is, with a code only where one helps', async () => {
    summary = await mountInApp(ErrorSummary, {
      errors: [],
      failure: new Problem(503, 'unavailable', '', [], 'r-1'),
      refusals: 1,
    })
    expect(summary.text()).toContain('bukan salah sinyalmu')
    expect(summary.text()).toContain('Kode 503 · r-1')
    await summary.setProps({ failure: new Problem(401, 'invalid_credentials', '', [], 'r-2') })
    expect(summary.text()).toContain('tidak cocok')
    expect(summary.text()).not.toContain('r-2')
    await summary.setProps({ failure: new NetworkFailure() })
    expect(summary.text()).toContain('Tidak ada sinyal')
  })
})
