// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import DoctorReviews from './DoctorReviews.vue'

const calls = vi.hoisted(() => ({ fetchDoctorReviews: vi.fn() }))
vi.mock('../api', () => calls)

const review = {
  consultationId: '1',
  rating: 4,
  text: 'Sabar dan jelas.',
  ownerName: 'Rara',
  createdAt: '2026-11-22T08:00:00.000Z',
  editedAt: null,
  reply: { text: 'Sama-sama, Kak.', createdAt: '2026-11-23T08:00:00.000Z' },
}

async function shown() {
  const list = await mountInApp(DoctorReviews, { doctorId: 'nadia', doctorName: 'drh. Nadia' })
  await flushPromises()
  return list
}

describe('DoctorReviews', () => {
  beforeEach(() => calls.fetchDoctorReviews.mockReset())

  it('shows who said what, how many stars it had, and the answer', async () => {
    calls.fetchDoctorReviews.mockResolvedValue({ items: [review], nextCursor: null })
    const list = await shown()
    expect(list.get('[role=img]').attributes('aria-label')).toBe('4 dari 5 bintang')
    for (const words of ['Rara', 'Sabar dan jelas.', 'Jawaban drh. Nadia', 'Sama-sama, Kak.'])
      expect(list.text()).toContain(words)
  })

  it('says when there are none', async () => {
    calls.fetchDoctorReviews.mockResolvedValue({ items: [], nextCursor: null })
    expect((await shown()).text()).toContain('Belum ada ulasan.')
  })

  it('can be asked for again when it did not load', async () => {
    calls.fetchDoctorReviews
      .mockRejectedValueOnce(new NetworkFailure('no answer'))
      .mockResolvedValueOnce({ items: [review], nextCursor: null })
    const list = await shown()
    expect(list.get('[role=alert]').text()).toContain('Tidak ada sinyal')
    await list.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(list.text()).toContain('Sabar dan jelas.')
  })
})
