// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import VerifyPage from './VerifyPage.vue'

vi.mock('../api')
const server = vi.mocked(api)

const proof = {
  code: 'R7QK-31XW',
  doctor: 'drh. Nadia',
  licenceNumber: 'SIP-3171-0042',
  petName: 'Miko',
  consultedAt: '2026-11-24T02:12:00.000Z',
  finishedAt: '2026-11-24T02:42:00.000Z',
  revision: 2,
  fingerprint: 'a1b2c3',
}

describe('the page for whoever checks a summary', () => {
  let page: VueWrapper

  async function open(code?: string): Promise<void> {
    page = await mountInApp(VerifyPage, code ? { code } : {}, '/verifikasi')
    await flushPromises()
  }

  beforeEach(() => {
    server.fetchProof.mockReset().mockResolvedValue(proof)
  })
  afterEach(() => page.unmount())

  it('lists what must be the same on the paper', async () => {
    await open('r7qk-31xw')
    expect(server.fetchProof).toHaveBeenCalledWith('R7QK-31XW')
    for (const words of ['Kode ini asli', 'drh. Nadia', 'SIP-3171-0042', 'Miko', '24 Nov 2026, 09.12 WIB', 'a1b2c3'])
      expect(page.text()).toContain(words)
  })

  it('warns of a code that nobody knows', async () => {
    server.fetchProof.mockRejectedValue(new Problem(404, 'record_not_found', ''))
    await open('XXXX')
    expect(page.get('[data-testid="unknown-code"]').text()).toContain('Tidak ada dokumen dengan kode XXXX')
    expect(page.text()).not.toContain('Kode ini asli')
  })

  it('claims nothing when nobody could say', async () => {
    server.fetchProof.mockRejectedValueOnce(new NetworkFailure())
    await open('R7QK-31XW')
    expect(page.text()).toContain('Kode belum bisa diperiksa')
    await page.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('Kode ini asli')
  })

  it('takes a code, and asks for one where there is none', async () => {
    await open()
    expect(server.fetchProof).not.toHaveBeenCalled()
    await page.get('form').trigger('submit')
    expect(page.text()).toContain('Tulis kodenya dulu.')
  })
})
