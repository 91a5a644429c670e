import { baseCompile } from '@intlify/message-compiler'
import { describe, expect, it } from 'vitest'
import en from './en'
import id from './id'

function flatten(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value as object, `${prefix}${key}.`),
  )
}

const placeholders = (text: string) => [...text.matchAll(/\{([a-zA-Z]\w*)\}/g)].map((match) => match[1] ?? '')

describe('locales', () => {
  const indonesian = new Map(flatten(id))
  const english = new Map(flatten(en))

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...indonesian.keys()].sort())
  })

  it('name the same values in a message', () => {
    for (const [key, text] of indonesian) {
      expect(new Set(placeholders(english.get(key) ?? '')), key).toEqual(new Set(placeholders(text)))
    }
  })

  it('can be compiled and say something', () => {
    for (const [key, text] of [...indonesian, ...english]) {
      expect(text.trim(), key).not.toBe('')
      baseCompile(text, { onError: (error) => expect.unreachable(`${key}: ${error.message}`) })
    }
  })

  it('keep the exclamation mark for our name', () => {
    for (const [key, text] of indonesian) expect(text.replaceAll('HELLOPET!', ''), key).not.toContain('!')
  })
})
