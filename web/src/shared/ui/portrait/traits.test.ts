import { describe, expect, it } from 'vitest'
import { traitsOf } from './traits'

const ids = Array.from(
  { length: 60 },
  (_, index) => `0193b0c4-7a00-7000-8000-0000000000${String(index).padStart(2, '0')}`,
)

describe('portrait', () => {
  it('gives a doctor the same face every time', () => {
    expect(traitsOf('d1', 'drh. Siti Maharani')).toEqual(traitsOf('d1', 'drh. Siti Maharani'))
  })

  it('varies between doctors whose ids are neighbours', () => {
    expect(new Set(ids.map((id) => JSON.stringify(traitsOf(id, 'drh. Siti')))).size).toBeGreaterThan(40)
  })

  it('does not contradict the name', () => {
    for (const id of ids) {
      expect(traitsOf(id, 'drh. Siti Maharani').beard).toBe(false)
      expect(['crop', 'sweep', 'curls']).toContain(traitsOf(id, 'drh. Yohanes Sitorus').hair)
      expect(traitsOf(id, 'drh. Ni Luh Ayu Kartika').hair).not.toBe('hijab')
      expect(['crop', 'sweep']).toContain(traitsOf(id, 'drh. Xyz').hair)
    }
  })
})
