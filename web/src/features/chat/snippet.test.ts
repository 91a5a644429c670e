import { describe, expect, it } from 'vitest'
import { snippetOf } from './snippet'

describe('snippetOf', () => {
  it('finds whatever the case, and keeps the words as they were written', () => {
    expect(snippetOf('Miko MUNTAH tiga kali', 'muntah')).toEqual({
      before: 'Miko ',
      match: 'MUNTAH',
      after: ' tiga kali',
    })
    expect(snippetOf('Élodie datang', 'élo')).toMatchObject({ match: 'Élo' })
  })

  it('keeps its places beside letters that grow when they are made small', () => {
    expect(snippetOf('İİİ kucing', 'KUCING')).toEqual({ before: 'İİİ ', match: 'kucing', after: '' })
    expect(snippetOf('🐱🐱 kucing', 'kucing')).toMatchObject({ before: '🐱🐱 ' })
  })

  it('begins shortly before what was found, at a word', () => {
    const { before, match } = snippetOf(
      'Sejak kemarin sore anaknya Miko tidak mau makan sama sekali, lalu muntah',
      'muntah',
    )
    expect([before, match]).toEqual(['…sama sekali, lalu ', 'muntah'])
  })

  it('puts lines into one', () => {
    expect(snippetOf('satu\n\ndua  tiga', 'dua tiga')).toEqual({ before: 'satu ', match: 'dua tiga', after: '' })
  })

  it('takes signs for what they are', () => {
    expect(snippetOf('diskon 50% ya', '0% y')).toMatchObject({ match: '0% y' })
    expect(snippetOf('a.b', '.')).toMatchObject({ before: 'a', match: '.' })
  })

  it('shows the text when the server found it in another way', () => {
    expect(snippetOf('halo', 'xyz')).toEqual({ before: 'halo', match: '', after: '' })
  })
})
