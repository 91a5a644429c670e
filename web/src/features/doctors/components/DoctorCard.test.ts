// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { VueWrapper } from '@vue/test-utils'
import { mountInApp } from '@/testing/mount'
import DoctorCard from './DoctorCard.vue'

const doctor = {
  id: 'd1',
  username: 'drh. Nadia',
  picture: null,
  price: 45000,
  workExperience: 8,
  rate: 4.9,
  reviewCount: 212,
  specialization: 'Kucing',
  online: true,
  nextAvailableAt: null,
}

describe('DoctorCard', () => {
  let card: VueWrapper
  afterEach(() => card.unmount())

  it('offers a chat with who is online, and leads to what is asked before it', async () => {
    card = await mountInApp(DoctorCard, { doctor }, '/dokter?urut=price')
    expect(card.text()).toContain('Rp45.000')
    const action = card.findAll('a').find((link) => link.text() === 'Chat sekarang')
    expect(action?.attributes('href')).toBe('/dokter/d1?lanjut=sekarang')
  })

  it('promises no chat with who is offline, and says "Baru" without reviews', async () => {
    card = await mountInApp(DoctorCard, { doctor: { ...doctor, online: false, rate: null, reviewCount: 0 } })
    expect(card.text()).toContain('Lihat profil')
    expect(card.text()).not.toContain('Chat sekarang')
    expect(card.text()).toContain('Offline')
    expect(card.text()).toContain('Baru')
  })

  it('offers the next slot of who is offline', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T01:00:00.000Z') })
    card = await mountInApp(
      DoctorCard,
      { doctor: { ...doctor, online: false, nextAvailableAt: '2026-11-24T09:30:00.000Z' } },
      '/dokter',
    )
    vi.useRealTimers()
    expect(card.text()).toContain('Hari ini 16.30 WIB')
    const action = card.findAll('a').find((link) => link.text() === 'Pilih jadwal')
    expect(action?.attributes('href')).toBe('/dokter/d1?kapan=jadwal')
  })
})
