import { describe, expect, it } from 'vitest'
import { differences, packageOf } from './shipped.ts'

describe('what ships', () => {
  it('is known by the package of a file, as the lock file calls it', () => {
    const files = {
      '/work/web/node_modules/vue/dist/vue.js': 'node_modules/vue',
      '/work/web/node_modules/@vueuse/core/index.js?x': 'node_modules/@vueuse/core',
      '/work/web/node_modules/reka-ui/node_modules/@vueuse/core/index.js':
        'node_modules/reka-ui/node_modules/@vueuse/core',
      'node_modules/@fontsource-variable/plus-jakarta-sans/files/a.woff2':
        'node_modules/@fontsource-variable/plus-jakarta-sans',
      '/work/web/src/main.ts': undefined,
      '\0vite/preload-helper.js': undefined,
    }
    for (const [file, expected] of Object.entries(files)) expect(packageOf(file)).toBe(expected)
  })

  it('is told from the list in both directions', () => {
    expect(differences(['node_modules/a', 'node_modules/b'], ['node_modules/b', 'node_modules/c'])).toEqual([
      'no longer ships: node_modules/a',
      'ships, and is not listed: node_modules/c',
    ])
    expect(differences(['node_modules/a'], ['node_modules/a'])).toEqual([])
  })
})
