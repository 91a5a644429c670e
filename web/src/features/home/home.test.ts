import { describe, expect, it } from 'vitest'
import { mentions, toggleSymptom } from './complaint'
import { greetingAt } from './greeting'

describe('greeting', () => {
  it.each([
    [3, 'evening'],
    [4, 'morning'],
    [10, 'morning'],
    [11, 'noon'],
    [15, 'afternoon'],
    [18, 'evening'],
    [23, 'evening'],
  ])('at %i is %s', (hour, greeting) => expect(greetingAt(hour)).toBe(greeting))
})

describe('complaint', () => {
  it('grows with each tapped symptom', () => {
    expect(toggleSymptom('', 'Muntah')).toBe('Muntah')
    expect(toggleSymptom('Muntah', 'Tidak mau makan')).toBe('Muntah, tidak mau makan')
    expect(toggleSymptom('Kucing saya lemas,', 'Diare')).toBe('Kucing saya lemas, diare')
  })

  it('lets go of a symptom that is tapped again, and keeps the rest', () => {
    expect(toggleSymptom('Muntah, tidak mau makan', 'Muntah')).toBe('Tidak mau makan')
    expect(toggleSymptom('Muntah', 'Muntah')).toBe('')
  })

  it('does not mistake a word in a sentence for the symptom', () => {
    expect(mentions('Kucing saya muntah tiga kali', 'Muntah')).toBe(false)
    expect(mentions('Lemas, muntah', 'Muntah')).toBe(true)
  })
})
