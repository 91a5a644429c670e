/**
 * What floats over a page (sheets, dialogs, menus) is much code that is seen long after the page stands, if at all. In what is
 * built each comes by itself when it is first there (src/shared/ui/lazy-part.ts); tests and the development server take them
 * as they are.
 */
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** Nuxt UI's, whose default slot is the trigger that has to be there at once. */
const WITH_TRIGGER = /^@nuxt\/ui\/components\/(Modal|DropdownMenu|ContextMenu)\.vue$/
const OURS = /(Sheet|Dialog|Viewer)\.vue$/
/** What ours stand in comes along with them. */
const FRAME = /\/shared\/ui\/(Sheet|ConfirmDialog)\.vue$/
const FLOATS = /@nuxt\/ui\/components\/Modal\.vue|@\/shared\/ui\/(Sheet|ConfirmDialog)\.vue/
const LAZY = '\0lazy:'

export function lazyParts(): Plugin {
  return {
    name: 'hellopet:lazy-parts',
    apply: 'build',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!importer || importer.startsWith(LAZY) || importer.includes('/node_modules/')) return undefined
      if (WITH_TRIGGER.test(id)) return `${LAZY}${id}`
      if (!OURS.test(id) || FRAME.test(id)) return undefined
      const found = await this.resolve(id, importer, { skipSelf: true })
      // A sheet by name that stands in its page, as the one of a payment does, is the page.
      return found && FLOATS.test(readFileSync(found.id, 'utf8')) ? `${LAZY}${found.id}` : undefined
    },
    load(id) {
      if (!id.startsWith(LAZY)) return undefined
      const part = id.slice(LAZY.length)
      return `import { lazyPart } from '@/shared/ui/lazy-part'\nexport default lazyPart(() => import(${JSON.stringify(part)}), ${WITH_TRIGGER.test(part)})`
    },
  }
}
