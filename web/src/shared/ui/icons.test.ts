import phosphor from '@iconify-json/ph/icons.json'
import { expect, it } from 'vitest'
import { theme } from '../../../build/ui-theme'

const sources = import.meta.glob<string>('/src/**/*.{vue,ts}', { query: '?raw', import: 'default', eager: true })

// An unknown name would be asked for from the icon set's own host, which our policy refuses: an empty place.
it('every icon exists in the bundled set', () => {
  const known = new Set([...Object.keys(phosphor.icons), ...Object.keys(phosphor.aliases)])
  const used = [...Object.values(sources), JSON.stringify(theme.icons)].flatMap((source) =>
    [...source.matchAll(/['"`]i-ph-([a-z0-9-]+)['"`]/g)].map((match) => match[1] ?? ''),
  )
  expect(used.length).toBeGreaterThan(30)
  expect(used.filter((name) => !known.has(name))).toEqual([])
})
