// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/features/accounts/store'
import { Problem } from '@/shared/api/problem'
import type { ServerEvents } from '@/shared/realtime'
import { mountInApp } from '@/testing/mount'
import { licence, ownDoctor } from '../testing'
import ApplicationPage from './ApplicationPage.vue'

const calls = vi.hoisted(() => ({
  fetchOwnDoctor: vi.fn(),
  apply: vi.fn(),
  submitLicence: vi.fn(),
  addDocument: vi.fn(),
  fetchMarkup: vi.fn(),
}))
const accounts = vi.hoisted(() => ({ fetchMe: vi.fn() }))
const socket = vi.hoisted(() => ({ listeners: new Map<string, (payload: unknown) => void>() }))
vi.mock('../api', () => calls)
vi.mock('@/features/accounts/api', () => accounts)
vi.mock('@/shared/realtime', () => ({
  realtime: {
    onEvent: (name: keyof ServerEvents, listener: (payload: unknown) => void) => {
      socket.listeners.set(name, listener)
      return () => socket.listeners.delete(name)
    },
    onConnected: () => () => undefined,
  },
}))

const me = {
  id: 'u1',
  username: 'drh. Sari',
  email: 'sari@contoh.id',
  roles: 'user',
  phone_number: '+628123',
  picture: null,
}

async function shown() {
  const page = await mountInApp(ApplicationPage)
  await useSession().ready
  await flushPromises()
  return page
}

const fill = (page: VueWrapper, values: Record<string, string>) =>
  Promise.all(Object.entries(values).map(([name, value]) => page.get(`#${name}`).setValue(value)))

async function onward(page: VueWrapper) {
  await page.get('form').trigger('submit')
  await flushPromises()
}

async function filledUntilLicence(page: VueWrapper) {
  await fill(page, { specialization: 'Bedah', workExperience: '7', bio: 'Merawat kucing.' })
  await onward(page)
  await page.get('input[value=cat]').setValue(true)
  await page.get('input[value=jv]').setValue(true)
  await onward(page)
  await fill(page, { basePrice: '45.000' })
  await onward(page)
  await fill(page, { kind: 'sip', number: '503/SIP', issuer: 'Dinas', expiresOn: '2999-03-31' })
}

const waiting = (documents = licence().documents) =>
  ownDoctor({
    status: 'applied',
    licence: null,
    bookable: false,
    pendingLicence: licence({ status: 'submitted', documents }),
  })

beforeEach(() => {
  document.body.innerHTML = ''
  localStorage.clear()
  localStorage.setItem('hellopet.session', 'u1')
  accounts.fetchMe.mockReset().mockResolvedValue(me)
  calls.fetchOwnDoctor.mockReset().mockResolvedValue(null)
  calls.apply.mockReset().mockResolvedValue(waiting([]))
  calls.submitLicence.mockReset().mockResolvedValue(waiting([]))
  calls.fetchMarkup.mockReset().mockResolvedValue(1_250)
})

describe('an application', () => {
  it('does not go on before a step is complete', async () => {
    const page = await shown()
    await onward(page)
    expect(page.get('[role=alert]').text()).toContain('Ada 3 yang perlu diperbaiki')
    expect(page.text()).toContain('Langkah 1 dari 5')
  })

  it('shows what the owner will pay for the fee', async () => {
    const page = await shown()
    await fill(page, { specialization: 'Bedah', workExperience: '7', bio: 'Merawat kucing.' })
    await onward(page)
    await page.get('input[value=cat]').setValue(true)
    await page.get('input[value=id]').setValue(true)
    await onward(page)
    await fill(page, { basePrice: '45000' })
    expect(page.text()).toContain('Rp50.625')
  })

  it('is sent as a whole, and leads to the photos', async () => {
    const page = await shown()
    await filledUntilLicence(page)
    await onward(page)
    expect(calls.apply).toHaveBeenCalledWith({
      specialization: 'Bedah',
      workExperience: 7,
      bio: 'Merawat kucing.',
      species: ['cat'],
      languages: ['jv'],
      basePrice: 45_000,
      licence: { kind: 'sip', number: '503/SIP', issuer: 'Dinas', expiresOn: '2999-03-31' },
    })
    expect(page.text()).toContain('Langkah 5 dari 5')
    expect(localStorage.getItem('hellopet.application.u1')).toBeNull()
  })

  it('is where it was after a reload', async () => {
    const before = await shown()
    await filledUntilLicence(before)
    before.unmount()
    const page = await shown()
    expect(page.text()).toContain('Langkah 4 dari 5')
    expect(page.get<HTMLInputElement>('#number').element.value).toBe('503/SIP')
    await onward(page)
    expect(calls.apply).toHaveBeenCalledWith(expect.objectContaining({ specialization: 'Bedah', species: ['cat'] }))
  })

  it('that was sent before shows how it stands', async () => {
    calls.apply.mockRejectedValue(new Problem(409, 'already_applied', ''))
    calls.fetchOwnDoctor.mockResolvedValueOnce(null).mockResolvedValue(waiting())
    const page = await shown()
    await filledUntilLicence(page)
    await onward(page)
    expect(page.text()).toContain('Izinmu sedang diperiksa')
  })

  it('of an account with pets says what to do', async () => {
    calls.apply.mockRejectedValue(new Problem(409, 'account_in_use', ''))
    const page = await shown()
    await filledUntilLicence(page)
    await onward(page)
    expect(page.get('[role=alert]').text()).toContain('perlu akun lain')
  })
})

it('a field of the licence that the server refuses is pointed at', async () => {
  calls.apply.mockRejectedValue(
    new Problem(400, 'validation_failed', '', [
      { field: 'licence.number', code: 'invalid', message: 'Nomor ini tidak dikenal.' },
    ]),
  )
  const page = await shown()
  await filledUntilLicence(page)
  await onward(page)
  expect(page.text()).toContain('Nomor ini tidak dikenal.')
  expect(page.get('#number').attributes('aria-invalid')).toBe('true')
})

describe('an application that was decided', () => {
  it('says why it was refused, and takes another licence', async () => {
    calls.fetchOwnDoctor.mockResolvedValue(
      ownDoctor({
        status: 'rejected',
        licence: null,
        refusedLicence: licence({ status: 'refused', reason: 'Nomor tidak terbaca.' }),
      }),
    )
    const page = await shown()
    expect(page.get('[role=status]').text()).toContain('Nomor tidak terbaca.')
    await fill(page, { kind: 'str', number: '11', issuer: 'PDHI', expiresOn: '2999-01-01' })
    await onward(page)
    expect(calls.submitLicence).toHaveBeenCalledWith({
      kind: 'str',
      number: '11',
      issuer: 'PDHI',
      expiresOn: '2999-01-01',
    })
    expect(page.text()).toContain('Langkah 5 dari 5')
  })

  it('turns into a welcome by itself, and the account into that of a vet', async () => {
    calls.fetchOwnDoctor.mockResolvedValueOnce(waiting()).mockResolvedValue(ownDoctor())
    const page = await shown()
    accounts.fetchMe.mockResolvedValue({ ...me, roles: 'dokter' })
    socket.listeners.get('doctorStatusChanged')?.({ status: 'verified' })
    await vi.waitFor(() => expect(page.text()).toContain('Selamat datang, drh. Sari'))
    await vi.waitFor(() => expect(useSession().isDoctor).toBe(true))
  })
})
