// @vitest-environment happy-dom
import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import { adminDoctor, licence } from '../testing'
import ApplicantPage from './ApplicantPage.vue'

const calls = vi.hoisted(() => ({
  fetchApplicant: vi.fn(),
  acceptLicence: vi.fn(),
  refuseLicence: vi.fn(),
  suspendDoctor: vi.fn(),
  reinstateDoctor: vi.fn(),
}))
vi.mock('../admin-api', () => calls)

const applicant = (fields: Parameters<typeof licence>[0] = {}) =>
  adminDoctor({
    status: 'applied',
    licence: null,
    bookable: false,
    pendingLicence: licence({ status: 'submitted', ...fields }),
  })

async function shown() {
  const page = await mountInApp(ApplicantPage, { id: 'd1' })
  await flushPromises()
  return page
}

async function press(page: VueWrapper, label: string) {
  const button = page.findAll('button').find((one) => one.text() === label) ?? expect.unreachable(label)
  await button.trigger('click')
  await flushPromises()
}

async function giveReason(reason: string) {
  const form = new DOMWrapper(document.body).get('#reason-form')
  if (reason) await form.get('textarea').setValue(reason)
  await form.trigger('submit')
  await flushPromises()
}

beforeEach(() => {
  document.body.innerHTML = ''
  vi.spyOn(console, 'warn').mockReturnValue()
  for (const call of Object.values(calls)) call.mockReset().mockResolvedValue(adminDoctor())
  calls.fetchApplicant.mockResolvedValue(applicant())
})

describe('a licence that is being checked', () => {
  it('is shown with its photos, and accepted', async () => {
    const page = await shown()
    expect(page.get('img[alt="Buka foto izin 1"]').attributes('src')).toBe('/api/licence-documents/f1')
    await press(page, 'Terima izin')
    expect(calls.acceptLicence).toHaveBeenCalledWith('l1')
    expect(page.text()).toContain('Terverifikasi')
  })

  it('cannot be accepted without photos, or once it has ended', async () => {
    calls.fetchApplicant.mockResolvedValueOnce(applicant({ documents: [] }))
    expect((await shown()).text()).not.toContain('Terima izin')
    calls.fetchApplicant.mockResolvedValueOnce(applicant({ expiresOn: '2020-01-01' }))
    expect((await shown()).text()).toContain('sudah lewat masa berlakunya')
  })

  it('is refused with a reason only', async () => {
    const page = await shown()
    await press(page, 'Tolak')
    await giveReason('')
    expect(calls.refuseLicence).not.toHaveBeenCalled()
    await giveReason('Nomor tidak terbaca.')
    expect(calls.refuseLicence).toHaveBeenCalledWith('l1', 'Nomor tidak terbaca.')
  })

  it('that somebody else decided on is looked at again', async () => {
    calls.acceptLicence.mockRejectedValue(new Problem(409, 'licence_decided', ''))
    const page = await shown()
    await press(page, 'Terima izin')
    expect(page.get('[role=alert]').text()).toContain('sudah diputuskan')
    expect(calls.fetchApplicant).toHaveBeenCalledTimes(2)
  })
})

describe('a vet', () => {
  it('is suspended with a reason, after it was said what that does', async () => {
    calls.fetchApplicant.mockResolvedValue(adminDoctor())
    calls.suspendDoctor.mockResolvedValue(adminDoctor({ status: 'suspended', statusReason: 'Keluhan berulang.' }))
    const page = await shown()
    await press(page, 'Tangguhkan dokter')
    expect(document.body.textContent).toContain('uangnya kembali penuh ke pemilik')
    await giveReason('Keluhan berulang.')
    expect(calls.suspendDoctor).toHaveBeenCalledWith('d1', 'Keluhan berulang.')
    expect(page.text()).toContain('Keluhan berulang.')
  })

  it('comes back', async () => {
    calls.fetchApplicant.mockResolvedValue(adminDoctor({ status: 'suspended' }))
    const page = await shown()
    await press(page, 'Aktifkan lagi')
    expect(page.text()).toContain('Tangguhkan dokter')
  })

  it('that does not exist is said to be missing', async () => {
    calls.fetchApplicant.mockRejectedValue(new Problem(404, 'doctor_not_found', ''))
    expect((await shown()).text()).toContain('Dokter ini tidak ada')
  })
})
