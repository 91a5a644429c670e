import { describe, expect, it } from 'vitest'
import { piecesOf } from './links'

const tappable = (text: string) =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'text' ? [] : [`${piece.text} → ${piece.href}`]))
const link = (text: string, href = text) => `${text} → ${href}`

describe('web addresses', () => {
  it.each([
    ['https://contoh.id/miko?x=1#akhir', link('https://contoh.id/miko?x=1#akhir')],
    ['Lihat http://contoh.id ya', link('http://contoh.id', 'http://contoh.id/')],
    ['cek www.contoh.id', link('https://www.contoh.id', 'https://www.contoh.id/')],
    ['HTTPS://CONTOH.ID/Miko', link('https://contoh.id/Miko')],
    ['link:https://contoh.id/a', link('https://contoh.id/a')],
    ['https://contoh.id:8443/a', link('https://contoh.id:8443/a')],
    ['https://medium.com/@dokter', link('https://medium.com/@dokter')],
  ])('are found: %s', (text, found) => {
    expect(tappable(text)).toEqual([found])
  })

  it.each([
    ['Ini https://contoh.id/a.', 'https://contoh.id/a'],
    ['Ini https://contoh.id/a, lalu', 'https://contoh.id/a'],
    ['(https://contoh.id/a)', 'https://contoh.id/a'],
    ['(https://contoh.id/a).', 'https://contoh.id/a'],
    ['[https://contoh.id/a]', 'https://contoh.id/a'],
    ['“https://contoh.id/a”', 'https://contoh.id/a'],
    ['https://contoh.id/a?!…', 'https://contoh.id/a'],
    ['https://id.wikipedia.org/wiki/Miko_(kucing)', 'https://id.wikipedia.org/wiki/Miko_(kucing)'],
    ['(https://id.wikipedia.org/wiki/Miko_(kucing))', 'https://id.wikipedia.org/wiki/Miko_(kucing)'],
    ['<https://contoh.id/a>', 'https://contoh.id/a'],
    ['*https://contoh.id/a*', 'https://contoh.id/a'],
  ])('end where the sentence goes on: %s', (text, address) => {
    expect(tappable(text)).toEqual([link(address)])
  })

  it('show their real host', () => {
    expect(tappable('https://аpple.com/id')).toEqual([link('https://xn--pple-43d.com/id')])
    expect(tappable('https://bank。id/a')).toEqual([link('https://bank.id/a')])
    expect(tappable('http://2130706433.id/')).toEqual([link('http://2130706433.id', 'http://2130706433.id/')])
    expect(tappable('https://0x7f.1/')).toEqual([link('https://127.0.0.1', 'https://127.0.0.1/')])
  })

  it('show their host whole however long the rest is', () => {
    const [long] = piecesOf(`https://${'a'.repeat(60)}.${'b'.repeat(60)}.id/${'c'.repeat(500)}`)
    expect(long?.text).toBe(`https://${'a'.repeat(60)}.${'b'.repeat(60)}.id/…`)
  })

  it.each([
    ['javascript:alert(1)'],
    ['JAVASCRIPT://%0aalert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['vbscript:x'],
    ['file:///etc/passwd'],
    ['ftp://contoh.id/a'],
    ['blob:x'],
    ['//contoh.id/a'],
    ['contoh.id'],
    ['rara@contoh.id'],
    ['xhttps://contoh.id'],
    ['_www.contoh.id'],
    ['https://bank.id@jahat.com/masuk'],
    ['https://bank.id:443@jahat.com'],
    ['https://@jahat.com'],
    ['www.bank.id@jahat.com'],
    ['https://bank.id\\@jahat.com'],
    ['https:\\\\jahat.com'],
    ['https://localhost/a'],
    ['https://intranet'],
    ['http://[::1]/a'],
    ['https://'],
    ['https://.'],
    ['https://contoh.id:99999'],
    ['https://con%00toh.id'],
    ['https://bank.id/\u202Egpj.exe'],
    ['https://bank.id\u200B.jahat.com'],
    ['https://bank.id\u2066/jahat'],
    ['https://ban\u00ADk.id'],
    ['https://bank.id/\u061C'],
    [`https://contoh.id/${'x'.repeat(3000)}`],
  ])('are none that only look so: %s', (text) => {
    expect(piecesOf(text)).toEqual([{ kind: 'text', text }])
  })
})

describe('phone numbers', () => {
  it.each([
    ['0812-3456-7890', 'tel:081234567890'],
    ['WA 081234567890 ya', 'tel:081234567890'],
    ['Hp.0812 3456 7890', 'tel:081234567890'],
    ['(0812 3456 7890)', 'tel:081234567890'],
    ['+62 812-3456-7890.', 'tel:+6281234567890'],
    ['+6281234567890', 'tel:+6281234567890'],
    ['(021) 555-1234', 'tel:0215551234'],
    ['021-5551234', 'tel:0215551234'],
    ['+1 (415) 555-0100', 'tel:+14155550100'],
  ])('are found: %s', (text, href) => {
    expect(piecesOf(text).flatMap((piece) => (piece.kind === 'phone' ? [piece.href] : []))).toEqual([href])
  })

  it('of two are two', () => {
    expect(tappable('0812-3456-7890/0813-1111-2222')).toHaveLength(2)
  })

  it.each([
    ['08.00-16.30'],
    ['01-02-2026 09.30'],
    ['0,5 ml'],
    ['Rp1.045.000.000'],
    ['Rp0.812.345.678'],
    ['kode HP-0812345678'],
    ['12345678901'],
    ['0123456789012345678'],
    ['081234567890abc'],
    ['0812\u200B34567890'],
    ['4,6 kg'],
  ])('are none that only look so: %s', (text) => {
    expect(tappable(text)).toEqual([])
  })

  it('in an address are part of it', () => {
    expect(tappable('https://wa.me/6281234567890')).toEqual([link('https://wa.me/6281234567890')])
  })
})

describe('whatever somebody writes', () => {
  const PARTS = [
    'https://',
    'http:',
    '//',
    'www.',
    'javascript:',
    'bank.id',
    'jahat.com',
    '@',
    ':',
    '/',
    '\\',
    '?',
    '#',
    '.',
    ',',
    '(',
    ')',
    '[',
    ']',
    '"',
    '<',
    '>',
    ' ',
    '\n',
    '\u202E',
    '\u200B',
    '%00',
    '0812',
    '3456',
    '7890',
    '+62',
    '-',
    'а',
    '🐈',
    'x'.repeat(50),
  ]
  /** A generator of its own, so that a failure can be repeated. */
  function texts(count: number): string[] {
    let seed = 20261130
    const next = (most: number) => {
      seed = (seed * 1664525 + 1013904223) % 2 ** 32
      return Math.floor((seed / 2 ** 32) * most)
    }
    return Array.from({ length: count }, () =>
      Array.from({ length: 1 + next(14) }, () => PARTS[next(PARTS.length)]).join(''),
    )
  }

  it('loses nothing around what can be tapped, and leads nowhere but to the web and the telephone', () => {
    let tapped = 0
    for (const text of texts(20_000)) {
      let rest = text
      for (const piece of piecesOf(text)) {
        if (piece.kind === 'text') {
          expect(rest).toContain(piece.text)
          rest = rest.slice(rest.indexOf(piece.text) + piece.text.length)
          continue
        }
        tapped += 1
        const { protocol, username, password, host } = new URL(piece.href)
        expect(protocol).toMatch(piece.kind === 'phone' ? /^tel:$/ : /^https?:$/)
        expect(username + password).toBe('')
        if (piece.kind === 'link') expect(piece.text).toContain(`//${host}`)
        expect(piece.text).not.toMatch(/[\p{C}\s]{2}|[\u202E\u200B]/u)
      }
    }
    expect(tapped).toBeGreaterThan(500)
  })

  it('takes no time that could be felt', () => {
    const start = performance.now()
    for (const text of [
      'https://a.id/' + ')'.repeat(3900),
      '0812 '.repeat(800),
      '+62-'.repeat(1000),
      '(0'.repeat(2000),
      'www.'.repeat(1000),
      'https://'.repeat(500),
    ])
      piecesOf(text)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
