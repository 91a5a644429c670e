// What the sources say of the texts: none is left over, and none stands in a template by itself.
import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'
import id from './id'

const sources = Object.entries(
  import.meta.glob<string>('/src/**/*.{ts,vue}', { query: '?raw', import: 'default', eager: true }),
).filter(([path]) => !/\.test\.ts$|\/(locales|testing|design)\//.test(path))

function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as object, `${prefix}${key}.`),
  )
}

/** Of a key that is put together: what may stand in its gaps. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', String.raw`\.`))
  return new RegExp(`^${parts.join('.+')}$`)
}

const SPOKEN = new Set([
  'alt',
  'aria-label',
  'aria-description',
  'description',
  'label',
  'placeholder',
  'text',
  'title',
])
// Our name, and the names of things that are called so in every language.
const NAMES = /HELLOPET!?|WhatsApp|Bahasa Indonesia|English|\bRp\b|\bkg\b/g
const KEY = /^[a-z]\w*(\.\w+)+$/
const isWords = (text: string) => !KEY.test(text) && /\p{L}{2,}/u.test(text.replaceAll(NAMES, ''))

interface Node {
  type: number
  content?: string | Node
  children?: Node[]
  props?: { type: number; name: string; value?: { content: string } }[]
}

/** Texts and spoken attributes that are written out in a template. */
function writtenOut(node: Node): string[] {
  const own = node.type === 2 && typeof node.content === 'string' ? [node.content.trim()] : []
  const said = (node.props ?? []).flatMap((prop) =>
    prop.type === 6 && SPOKEN.has(prop.name) && prop.value ? [prop.value.content] : [],
  )
  return [...own, ...said].filter(isWords).concat((node.children ?? []).flatMap(writtenOut))
}

describe('the sources', () => {
  it('use every text', () => {
    const code = sources.map(([, source]) => source).join('\n')
    const literal = new Set([...code.matchAll(/["'`]([a-z]\w*(?:\.[\w/]+)+)["'`]/g)].map((match) => match[1]))
    const patterns = [...code.matchAll(/`([a-z]\w*\.[^`]*\$\{[^`]*)`/g)].map((match) => patternOf(match[1] ?? ''))
    const unused = keysOf(id).filter((key) => !literal.has(key) && !patterns.some((pattern) => pattern.test(key)))
    expect(unused).toEqual([])
  })

  it('have every word in the texts', () => {
    const found = sources
      .filter(([path]) => path.endsWith('.vue'))
      .flatMap(([path, source]) => {
        const template = parse(source).descriptor.template?.ast
        return template ? writtenOut(template as unknown as Node).map((words) => `${path}: ${words}`) : []
      })
    expect(found).toEqual([])
  })
})
