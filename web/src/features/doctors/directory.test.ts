import { describe, expect, it } from 'vitest'
import type { DoctorCard } from '@/shared/api/types'
import { arrange, priceFrom, type Filter } from './directory'

function doctor(username: string, facts: Partial<DoctorCard> = {}): DoctorCard {
  return { id: username, username, picture: null, price: 45000, workExperience: 5, rate: 4.5, reviewCount: 10, specialization: 'Umum', online: true, nextAvailableAt: null, ...facts }
}

const all: Filter = { text: '', onlineOnly: false, sort: 'online' }
const names = (doctors: DoctorCard[]) => doctors.map(({ username }) => username)

describe('arrange', () => {
  const nadia = doctor('drh. Nadia', { rate: 4.9, price: 50000, workExperience: 3 })
  const siti = doctor('drh. Siti', { online: false, rate: 5, price: 40000, workExperience: 11, specialization: 'Kulit & alergi' })
  const bayu = doctor('drh. Bayu', { rate: 4.7, price: 30000, workExperience: 8 })
  const dewi = doctor('drh. Dewi', { rate: null, reviewCount: 0, price: 30000, workExperience: 8 })
  const list = [siti, dewi, bayu, nadia]

  it('puts who can answer now first, then the better rated', () => {
    expect(names(arrange(list, all))).toEqual(['drh. Nadia', 'drh. Bayu', 'drh. Dewi', 'drh. Siti'])
  })

  it('sorts by price, rating and experience, and settles draws the same way every time', () => {
    expect(names(arrange(list, { ...all, sort: 'price' }))).toEqual(['drh. Bayu', 'drh. Dewi', 'drh. Siti', 'drh. Nadia'])
    expect(names(arrange(list, { ...all, sort: 'rating' }))).toEqual(['drh. Siti', 'drh. Nadia', 'drh. Bayu', 'drh. Dewi'])
    expect(names(arrange(list, { ...all, sort: 'experience' }))).toEqual(['drh. Siti', 'drh. Bayu', 'drh. Dewi', 'drh. Nadia'])
  })

  it('finds by the start of any word of name and speciality, without regard to case', () => {
    expect(names(arrange(list, { ...all, text: 'ALER' }))).toEqual(['drh. Siti'])
    expect(names(arrange(list, { ...all, text: 'siti kulit' }))).toEqual(['drh. Siti'])
    expect(arrange(list, { ...all, text: 'adia' })).toEqual([])
  })

  it('finds a doctor by the whole name, title and full stop included', () => {
    expect(names(arrange(list, { ...all, text: 'drh. Nadia' }))).toEqual(['drh. Nadia'])
  })

  it('can leave out who is offline', () => {
    expect(names(arrange(list, { ...all, onlineOnly: true }))).not.toContain('drh. Siti')
  })

  it('does not touch the list it was given', () => {
    arrange(list, { ...all, sort: 'price' })
    expect(list[0]).toBe(siti)
  })
})

describe('priceFrom', () => {
  it('is the cheapest of those online', () => {
    expect(priceFrom([doctor('a', { price: 20000, online: false }), doctor('b', { price: 45000 })])).toBe(45000)
  })

  it('is the cheapest of all when nobody is online, and nothing for nobody', () => {
    expect(priceFrom([doctor('a', { price: 20000, online: false }), doctor('b', { price: 45000, online: false })])).toBe(20000)
    expect(priceFrom([])).toBeNull()
  })
})
