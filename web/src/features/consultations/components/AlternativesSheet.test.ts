// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DoctorCard } from '@/shared/api/types'
import { mountInApp } from '@/testing/mount'
import { consultation } from '../testing'
import AlternativesSheet from './AlternativesSheet.vue'

const server = vi.hoisted(() => ({
  fetchAlternatives: vi.fn(),
  transferConsultation: vi.fn(),
  fetchConsultation: vi.fn(),
}))
vi.mock('../api', () => server)

const other: DoctorCard = {
  id: 'd9',
  username: 'drh. Ayu',
  picture: null,
  price: 33_750,
  workExperience: 4,
  rate: 4.6,
  reviewCount: 14,
  specialization: 'Umum',
  online: true,
  nextAvailableAt: null,
}

const button = (name: RegExp) =>
  [...document.body.querySelectorAll('button')].find(({ textContent }) => name.test(textContent ?? ''))

describe('another vet for one who is late', () => {
  let sheet: VueWrapper
  const open = async () => {
    sheet = await mountInApp(AlternativesSheet, { consultation: consultation() })
    await flushPromises()
  }

  afterEach(() => sheet.unmount())
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockReturnValue()
    server.fetchAlternatives.mockReset().mockResolvedValue([other])
    server.transferConsultation.mockReset().mockResolvedValue(consultation({ id: 'c2', conversationId: 'k2' }))
    server.fetchConsultation.mockReset().mockResolvedValue(consultation())
  })

  it('goes on in the chat of the one who was chosen', async () => {
    await open()
    button(/Lanjut dengan drh\. Ayu/)?.click()
    await flushPromises()
    expect(server.transferConsultation).toHaveBeenCalledWith('c1', 'd9')
    expect(sheet.emitted('close')).toHaveLength(1)
  })

  it('says so when nobody is there', async () => {
    server.fetchAlternatives.mockResolvedValue([])
    await open()
    expect(document.body.textContent).toContain('Belum ada dokter lain')
  })

  it('looks again when somebody was faster', async () => {
    server.transferConsultation.mockRejectedValue(new Error('gone'))
    await open()
    button(/Lanjut dengan/)?.click()
    await flushPromises()
    expect(server.fetchAlternatives).toHaveBeenCalledTimes(2)
    expect(document.body.querySelector('[role=alert]')).not.toBeNull()
  })
})
