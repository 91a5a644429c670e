import { describe, expect, it } from 'vitest'
import { compiled } from './messages.ts'
import { single } from './texts.ts'

describe('a text that is compiled at build', () => {
  it('is a message where the text was', () => {
    const message = expect.objectContaining({ t: 0, b: expect.anything() })
    expect(compiled({ a: 'Masuk', b: { c: 'Halo {name}' } })).toEqual({ a: message, b: { c: message } })
  })

  it('fails the build when it is broken', () => {
    expect(() => compiled({ a: 'Halo {name' })).toThrow()
  })
})

describe('a single text of another feature', () => {
  const texts = { nav: { title: 'Dokter', more: { all: 'Semua' } } }

  it('comes alone, where it was', () => {
    expect(single(texts, ['nav', 'more', 'all'])).toEqual({ nav: { more: { all: 'Semua' } } })
  })

  it('is none where the key leads to several or to nothing', () => {
    expect(single(texts, ['nav', 'more'])).toBeNull()
    expect(single(texts, ['nav', 'title', 'x'])).toBeNull()
  })
})
