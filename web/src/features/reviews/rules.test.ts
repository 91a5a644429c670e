import { describe, expect, it } from 'vitest'
import { mayEdit, mayReview, refuseRating, refuseReason, refuseReply, refuseText } from './rules'

const owner = { id: 'rara', username: 'Rara', picture: null, role: 'user' as const }

describe('a review', () => {
  it('has one to five stars', () => {
    for (const stars of ['1', '5']) expect(refuseRating(stars)).toBeNull()
    for (const wrong of ['', '0', '6', '4.5', 'lima'])
      expect(refuseRating(wrong), wrong).toBe('reviews.refusals.rating')
  })

  it('may have no words, and two thousand characters at most', () => {
    expect(refuseText('')).toBeNull()
    expect(refuseText('🐈'.repeat(2_000))).toBeNull()
    expect(refuseText('x'.repeat(2_001))).toBe('reviews.refusals.text')
  })

  it('is answered and hidden with words, and not too many', () => {
    expect(refuseReply(' ')).toBe('reviews.refusals.reply')
    expect(refuseReply('x'.repeat(2_001))).toBe('reviews.refusals.text')
    expect(refuseReply('Terima kasih, Kak.')).toBeNull()
    expect(refuseReason('')).toBe('reviews.refusals.reason')
    expect(refuseReason('x'.repeat(501))).toBe('reviews.refusals.text')
    expect(refuseReason('Memuat nomor telepon.')).toBeNull()
  })

  it('is for the owner of an ended consultation', () => {
    expect(mayReview({ status: 'ended', owner }, 'rara')).toBe(true)
    expect(mayReview({ status: 'ended', owner }, 'nadia')).toBe(false)
    for (const status of ['active', 'cancelled', 'expired', 'no_show'] as const)
      expect(mayReview({ status, owner }, 'rara'), status).toBe(false)
  })

  it('can be changed up to its last moment, unless the vet has answered', () => {
    const review = { editableUntil: '2026-12-01T08:00:00.000Z', reply: null }
    expect(mayEdit(review, Date.parse('2026-12-01T08:00:00.000Z'))).toBe(true)
    expect(mayEdit(review, Date.parse('2026-12-01T08:00:00.001Z'))).toBe(false)
    const reply = { text: 'Sama-sama, Kak.', createdAt: '2026-11-25T08:00:00.000Z' }
    expect(mayEdit({ ...review, reply }, Date.parse('2026-11-26T08:00:00.000Z'))).toBe(false)
  })
})
