// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'

const sources = import.meta.glob<string>(['/src/**/*.vue', '/src/**/*.css'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Properties that name a side of the screen, and utilities that do. Rows in the other direction would break them. */
const PHYSICAL_STYLE =
  /^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:|text-align:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)/m
const PHYSICAL_UTILITY = /\bclass="[^"]*(?<![\w-])(?:[mp][lr]-|(?:left|right)-|text-(?:left|right)\b)[^"]*"/

describe('styles', () => {
  it('are read', () => expect(Object.keys(sources).length).toBeGreaterThan(20))

  it.each(Object.entries(sources))('%s uses logical properties only', (_path, source) => {
    const styles = source.includes('<style')
      ? source.slice(source.indexOf('<style'))
      : source.includes('<template')
        ? ''
        : source
    expect(PHYSICAL_STYLE.exec(styles)?.[0].trim()).toBeUndefined()
    expect(PHYSICAL_UTILITY.exec(source)?.[0]).toBeUndefined()
  })
})
