// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchConsultation } from '@/features/consultations/api'
import { consultation } from '@/features/consultations/testing'
import { mountInApp } from '@/testing/mount'
import { conversation } from '../testing'
import EndDialog from './EndDialog.vue'

vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({ id: 'owner', roles: 'user', username: 'Rara', email: '', phone_number: '', picture: null }),
}))
vi.mock('@/features/consultations/api')
const asked = vi.mocked(fetchConsultation)

describe('the question whether to end', () => {
  let page: VueWrapper
  const words = () => document.querySelector('[role="dialog"]')?.textContent ?? ''

  async function ask(
    counterpart: { role: 'user' | 'dokter'; username: string },
    endsAt: string | null,
    isFollowUp = false,
  ): Promise<void> {
    const said = conversation()
    asked.mockResolvedValue(consultation({ id: said.consultationId, endsAt }))
    page = await mountInApp(EndDialog, {
      open: false,
      conversation: { ...said, isFollowUp, counterpart: { ...said.counterpart, ...counterpart } },
    })
    await page.setProps({ open: true })
    await flushPromises()
  }
  afterEach(() => page.unmount())

  it('says to both sides that the money goes back before the vet has answered', async () => {
    await ask({ role: 'dokter', username: 'drh. Nadia' }, null)
    expect(words()).toContain('drh. Nadia belum menjawab')
    expect(words()).toContain('semua uangmu kembali')
    page.unmount()
    await ask({ role: 'user', username: 'Rara' }, null)
    expect(words()).toContain('Kamu belum menjawab')
    expect(words()).toContain('semua uang Rara kembali')
  })

  it('says only what ends once the vet has answered, and of free questions', async () => {
    await ask({ role: 'dokter', username: 'drh. Nadia' }, '2026-11-24T10:00:00.000Z')
    expect(words()).not.toContain('kembali')
    page.unmount()
    await ask({ role: 'dokter', username: 'drh. Nadia' }, null, true)
    expect(words()).not.toContain('kembali')
  })
})
