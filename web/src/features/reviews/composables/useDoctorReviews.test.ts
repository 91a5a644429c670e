import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useDoctorReviews } from './useDoctorReviews'

const calls = vi.hoisted(() => ({ fetchDoctorReviews: vi.fn() }))
vi.mock('../api', () => calls)

const page = (ids: string[], nextCursor: string | null = null) => ({ items: ids.map((consultationId) => ({ consultationId })), nextCursor })
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('the reviews of a doctor', () => {
  beforeEach(() => calls.fetchDoctorReviews.mockReset())

  it('go on where the last page ended', async () => {
    calls.fetchDoctorReviews.mockResolvedValueOnce(page(['b'], 'there')).mockResolvedValueOnce(page(['a']))
    const { reviews, hasMore, more } = useDoctorReviews(ref('nadia'))
    await settled()
    await more.load()
    expect(reviews.value?.map(({ consultationId }) => consultationId)).toEqual(['b', 'a'])
    expect(hasMore.value).toBe(false)
  })

  it('are those of the doctor who is shown', async () => {
    let answerOld: (page: unknown) => void = () => {}
    calls.fetchDoctorReviews.mockReturnValueOnce(new Promise((resolve) => (answerOld = resolve))).mockResolvedValueOnce(page(['new']))
    const doctor = ref('nadia')
    const { reviews } = useDoctorReviews(doctor)
    doctor.value = 'hafizh'
    await settled()
    answerOld(page(['old']))
    await settled()
    expect(reviews.value?.map(({ consultationId }) => consultationId)).toEqual(['new'])
  })

  it('keep what is shown when more cannot be had', async () => {
    calls.fetchDoctorReviews.mockResolvedValueOnce(page(['b'], 'there')).mockRejectedValueOnce(new Error('no answer'))
    const { reviews, more, hasMore } = useDoctorReviews(ref('nadia'))
    await settled()
    await more.load()
    expect([more.failed, hasMore.value, reviews.value?.length]).toEqual([true, true, 1])
  })
})
