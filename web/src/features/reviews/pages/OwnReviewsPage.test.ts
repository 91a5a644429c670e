// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import OwnReviewsPage from './OwnReviewsPage.vue'

vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({
      id: 'nadia',
      username: 'drh. Nadia',
      email: '',
      roles: 'dokter',
      phone_number: '',
      picture: null,
    }),
}))
const calls = vi.hoisted(() => ({ fetchDoctorReviews: vi.fn(), replyTo: vi.fn() }))
vi.mock('../api', () => calls)

const review = {
  consultationId: 'c1',
  rating: 4,
  text: 'Sabar dan jelas.',
  ownerName: 'Rara',
  createdAt: '2026-11-22T08:00:00.000Z',
  editedAt: null,
  reply: null,
}
const answered = { ...review, reply: { text: 'Sama-sama, Kak.', createdAt: '2026-11-23T08:00:00.000Z' } }

async function shown() {
  const page = await mountInApp(OwnReviewsPage)
  await flushPromises()
  return page
}

async function answer(page: Awaited<ReturnType<typeof shown>>, text: string): Promise<void> {
  await page.get('[aria-label="Jawab ulasan Rara"]').trigger('click')
  await page.get('textarea').setValue(text)
  await page.get('form').trigger('submit')
  await flushPromises()
}

describe('the reviews of a vet', () => {
  beforeEach(() => {
    calls.fetchDoctorReviews.mockReset().mockResolvedValue({ items: [review], nextCursor: null })
    calls.replyTo.mockReset().mockResolvedValue(answered)
  })

  it('are answered once, and the answer stands there at once', async () => {
    const page = await shown()
    await answer(page, ' Sama-sama, Kak. ')
    expect(calls.replyTo).toHaveBeenCalledWith('c1', 'Sama-sama, Kak.')
    expect(page.text()).toContain('Sama-sama, Kak.')
    expect(page.find('[aria-label="Jawab ulasan Rara"]').exists()).toBe(false)
  })

  it('are not answered without words', async () => {
    const page = await shown()
    await answer(page, '  ')
    expect(calls.replyTo).not.toHaveBeenCalled()
    expect(page.text()).toContain('Tulis jawabanmu dulu.')
  })

  it('keep what was written when it is refused, and say why', async () => {
    calls.replyTo.mockRejectedValue(
      new Problem(409, 'already_replied', 'Ulasan ini sudah dijawab.', [], null, null, {}),
    )
    const page = await shown()
    await answer(page, 'Terima kasih.')
    expect(page.get('[role=alert]').text()).toContain('Ulasan ini sudah dijawab.')
    expect(page.get('textarea').element.value).toBe('Terima kasih.')
  })

  it('say when there are none', async () => {
    calls.fetchDoctorReviews.mockResolvedValue({ items: [], nextCursor: null })
    expect((await shown()).text()).toContain('Belum ada ulasan')
  })
})
