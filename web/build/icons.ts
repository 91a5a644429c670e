/**
 * Brings the icons with the code that shows them: a module that names `i-ph-paw-print` registers it. Nothing is fetched at run
 * time, and a page loads its own icons only. What Nuxt UI's parts show is named in the settings that the app brings for them.
 */
import phosphor from '@iconify-json/ph/icons.json' with { type: 'json' }
import { getIconData } from '@iconify/utils'
import type { Plugin } from 'vite'

/** Of build/ui-theme.ts, as Nuxt UI hands it to its parts. */
const SETTINGS = 'nuxt-ui-app-config'
const NAME = /["'`]i-ph-([a-z0-9-]+)["'`]/g

export function icons(): Plugin {
  let source = ''
  return {
    name: 'hellopet:icons',
    enforce: 'post',
    configResolved(config) {
      source = `${config.root}/src/`
    },
    transform(code, id) {
      const isOurs = id.startsWith(source) && /\.(vue|ts)$/.test(id) && !id.endsWith('.test.ts')
      if (!isOurs && !id.includes(SETTINGS)) return undefined
      const names = new Set([...code.matchAll(NAME)].map(([, name = '']) => name))
      if (names.size === 0) return undefined
      const added = [...names].map((name) => {
        const data = getIconData(phosphor, name)
        if (!data) this.error(`There is no icon ph:${name}`)
        return `addIconOfOurs(${JSON.stringify(`ph:${name}`)},${JSON.stringify(data)});`
      })
      return { code: `import { addIcon as addIconOfOurs } from '@iconify/vue';${added.join('')}${code}`, map: null }
    },
  }
}
