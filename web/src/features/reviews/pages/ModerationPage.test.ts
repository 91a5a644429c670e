// @vitest-environment happy-dom
import { DOMWrapper, flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import ModerationPage from './ModerationPage.vue'

const calls = vi.hoisted(() => ({ fetchAllReviews: vi.fn(), hideReview: vi.fn(), showReview: vi.fn() }))
vi.mock('../api', () => calls)

const party = (username: string) => ({ id: username, username, picture: null, role: 'user' })
const review = {
  consultationId: 'c1',
  rating: 1,
  text: 'Telepon 0812…',
  ownerName: 'Rara',
  createdAt: '2026-11-22T08:00:00.000Z',
  editedAt: null,
  reply: null,
  owner: party('Rara Anindita'),
  doctor: party('drh. Nadia'),
  hidden: null,
}
const hidden = { ...review, hidden: { at: '2026-11-23T08:00:00.000Z', by: 'admin', reason: 'Memuat nomor telepon.' } }

async function shown() {
  const page = await mountInApp(ModerationPage)
  await flushPromises()
  return page
}

describe('moderation', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    calls.fetchAllReviews.mockReset().mockResolvedValue({ items: [review], nextCursor: null })
    calls.hideReview.mockReset().mockResolvedValue(hidden)
    calls.showReview.mockReset().mockResolvedValue(review)
  })

  it('hides a review with a reason only', async () => {
    const page = await shown()
    await page.get('[aria-label="Sembunyikan ulasan Rara Anindita"]').trigger('click')
    await flushPromises()
    const form = new DOMWrapper(document.body).get('#reason-form')
    await form.trigger('submit')
    await flushPromises()
    expect(calls.hideReview).not.toHaveBeenCalled()
    await form.get('textarea').setValue('Memuat nomor telepon.')
    await form.trigger('submit')
    await flushPromises()
    expect(calls.hideReview).toHaveBeenCalledWith('c1', 'Memuat nomor telepon.')
    expect(page.text()).toContain('Memuat nomor telepon.')
    expect(page.find('[aria-label="Tampilkan lagi ulasan Rara Anindita"]').exists()).toBe(true)
  })

  it('shows a hidden review again, and says when that failed', async () => {
    calls.fetchAllReviews.mockResolvedValue({ items: [hidden], nextCursor: null })
    calls.showReview.mockRejectedValueOnce(new NetworkFailure())
    const page = await shown()
    const again = () =>
      page.get('[aria-label="Tampilkan lagi ulasan Rara Anindita"]').trigger('click').then(flushPromises)
    await again()
    expect(page.get('[role=alert]').text()).toContain('Tidak ada sinyal')
    await again()
    expect(page.find('[aria-label="Sembunyikan ulasan Rara Anindita"]').exists()).toBe(true)
  })
})
