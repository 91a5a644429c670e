// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import { adminDoctor, licence } from '../testing'
import ApplicantsPage from './ApplicantsPage.vue'

const calls = vi.hoisted(() => ({ fetchDoctors: vi.fn() }))
vi.mock('../admin-api', () => calls)

async function shown(address = '/admin/dokter') {
  const page = await mountInApp(ApplicantsPage, {}, address)
  await flushPromises()
  return page
}

describe('the list of vets', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    calls.fetchDoctors.mockReset().mockResolvedValue({
      items: [adminDoctor({ pendingLicence: licence({ status: 'submitted' }) })],
      nextCursor: null,
    })
  })

  it('begins with those who wait', async () => {
    const page = await shown()
    expect(calls.fetchDoctors).toHaveBeenCalledWith({ pending: true }, undefined)
    expect(page.get('a[href="/admin/dokter/d1"]').text()).toContain('Menunggu sejak')
  })

  it('has a group in the address', async () => {
    const page = await shown('/admin/dokter?status=suspended')
    expect(calls.fetchDoctors).toHaveBeenLastCalledWith({ status: 'suspended' }, undefined)
    await page.get('input[value=all]').setValue(true)
    await flushPromises()
    expect(calls.fetchDoctors).toHaveBeenLastCalledWith({}, undefined)
  })

  it('says that nobody waits, or that it did not load', async () => {
    calls.fetchDoctors.mockResolvedValueOnce({ items: [], nextCursor: null })
    expect((await shown()).text()).toContain('Tidak ada yang menunggu')
    calls.fetchDoctors.mockRejectedValueOnce(new NetworkFailure())
    expect((await shown()).get('[role=alert]').text()).toContain('Daftar dokter gagal dimuat')
  })
})
