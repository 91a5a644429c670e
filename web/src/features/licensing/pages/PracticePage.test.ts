// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import { licence, ownDoctor } from '../testing'
import PracticePage from './PracticePage.vue'

const calls = vi.hoisted(() => ({
  fetchOwnDoctor: vi.fn(),
  changeOwnDoctor: vi.fn(),
  replacePicture: vi.fn(),
  submitLicence: vi.fn(),
  addDocument: vi.fn(),
  fetchMarkup: vi.fn(),
}))
vi.mock('../api', () => calls)
vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'd1', username: 'drh. Sari', email: '', roles: 'dokter', phone_number: '', picture: null }),
}))
vi.mock('@/shared/realtime', () => ({
  realtime: { onEvent: () => () => undefined, onConnected: () => () => undefined },
}))

async function shown() {
  const page = await mountInApp(PracticePage)
  await flushPromises()
  return page
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('the profile of a practice', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    vi.spyOn(console, 'warn').mockReturnValue()
    calls.fetchOwnDoctor.mockReset().mockResolvedValue(ownDoctor())
    calls.changeOwnDoctor.mockReset().mockResolvedValue(ownDoctor())
    calls.fetchMarkup.mockReset().mockResolvedValue(null)
  })

  it('can be changed, and says that it is saved', async () => {
    const page = await shown()
    await page.get('#basePrice').setValue('60.000')
    await page.get('input[value=rabbit]').setValue(true)
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(calls.changeOwnDoctor).toHaveBeenCalledWith(
      expect.objectContaining({ username: 'drh. Sari', basePrice: 60_000, species: ['cat', 'dog', 'rabbit'] }),
    )
    expect(page.text()).toContain('Perubahanmu tersimpan.')
    expect(page.text()).toContain('Pesanan yang sudah dibuat tetap memakai harga lamanya.')
  })

  it('does not claim to be saved when it is not', async () => {
    calls.changeOwnDoctor.mockRejectedValueOnce(new NetworkFailure())
    const page = await shown()
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.text()).not.toContain('Perubahanmu tersimpan.')
    expect(page.get('[role=alert]').text()).toContain('Tidak ada sinyal')
  })

  it('warns before the licence ends, and says what happens when it has', async () => {
    calls.fetchOwnDoctor.mockResolvedValueOnce(ownDoctor({ licence: licence({ expiresOn: inDays(30) }) }))
    expect((await shown()).text()).toContain('Perpanjang sekarang supaya kamu tetap tampil.')
    calls.fetchOwnDoctor.mockResolvedValueOnce(
      ownDoctor({ licence: licence({ expiresOn: '2020-01-01' }), bookable: false }),
    )
    expect((await shown()).text()).toContain('Kamu tidak tampil di direktori')
  })

  it('takes a newer licence and then its photos', async () => {
    calls.submitLicence.mockResolvedValue(
      ownDoctor({ pendingLicence: licence({ id: 'l2', number: '900/SIP', status: 'submitted', documents: [] }) }),
    )
    const page = await shown()
    await page
      .findAll('button')
      .find((button) => button.text() === 'Perpanjang izin')
      ?.trigger('click')
    const form = page.get('form')
    await form.get('#kind').setValue('sip')
    await form.get('#number').setValue('900/SIP')
    await form.get('#issuer').setValue('Dinas')
    await form.get('#expiresOn').setValue('2999-03-31')
    await form.trigger('submit')
    await flushPromises()
    expect(page.text()).toContain('900/SIP')
    expect(page.findAll('button').some((button) => button.text() === 'Pilih foto')).toBe(true)
  })

  it('says that the practice is suspended, and why', async () => {
    calls.fetchOwnDoctor.mockResolvedValue(
      ownDoctor({ status: 'suspended', statusReason: 'Keluhan berulang.', bookable: false }),
    )
    expect((await shown()).get('[role=status]').text()).toContain('Keluhan berulang.')
  })
})
