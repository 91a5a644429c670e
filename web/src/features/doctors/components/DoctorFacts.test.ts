// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountInApp } from '@/testing/mount'
import DoctorFacts from './DoctorFacts.vue'
import InstantPromise from './InstantPromise.vue'
import SlotRule from './SlotRule.vue'

const doctor = {
  id: 'd1',
  bio: '',
  licenceNumber: 'STR-123',
  licenceIssuer: 'PDHI Jawa Barat',
  licenceExpiresOn: '2027-03-31',
  verifiedAt: '2026-11-01T03:00:00.000Z',
  species: ['cat', 'rabbit'],
  languages: ['id', 'jv'],
}

describe('what a doctor’s page promises', () => {
  let part: VueWrapper
  afterEach(() => {
    part.unmount()
    vi.useRealTimers()
  })

  it('names the licence, who gave it and until when, whom the doctor treats and in which languages', async () => {
    part = await mountInApp(DoctorFacts, { doctor })
    for (const words of [
      'STR-123 · PDHI Jawa Barat',
      'Berlaku sampai 31 Mar 2027',
      'Kucing',
      'Kelinci',
      'Indonesia, Jawa',
    ])
      expect(part.text()).toContain(words)
  })

  it('leaves out what is not known', async () => {
    part = await mountInApp(DoctorFacts, {
      doctor: { ...doctor, licenceIssuer: null, licenceExpiresOn: null, species: [], languages: [] },
    })
    expect(part.text()).not.toContain('Berlaku sampai')
    expect(part.text()).not.toContain('·')
    expect(part.find('dl').exists()).toBe(false)
  })

  it('says by when who pays now is answered, and how many wait', async () => {
    part = await mountInApp(InstantPromise, { instant: { answerWithinMinutes: 30, waiting: 2 } })
    expect(part.text()).toContain('Dijawab dalam 30 menit, atau uangmu kembali penuh. 2 orang menunggu sebelum kamu.')
    part.unmount()
    part = await mountInApp(InstantPromise, { instant: { answerWithinMinutes: 30, waiting: 0 } })
    expect(part.text()).toContain('Tidak ada yang menunggu sebelum kamu.')
  })

  it('says what calling off a slot costs by the policy of now', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T01:00:00.000Z') })
    const policy = { freeMinutes: 90, lateRefundPercent: 40 }
    part = await mountInApp(SlotRule, { startsAt: null, policy })
    expect(part.text()).toContain('sampai 1 jam 30 menit sebelum mulai. Setelah itu 40% kembali')
    part.unmount()
    part = await mountInApp(SlotRule, { startsAt: '2026-11-24T09:30:00.000Z', policy })
    expect(part.text()).toContain('Batal gratis sampai hari ini 15.00 WIB')
  })
})
