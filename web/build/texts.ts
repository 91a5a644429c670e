/**
 * Brings the Indonesian texts with the code that says them, so that a page loads those of what stands on it, and nobody keeps
 * a list. A component imports the texts of its own feature; what names single keys of another, as the navigation does, brings
 * just those; a key that is put together, such as `problems.code.${code}`, brings the whole file. The routes name titles of
 * pages that are loaded later: they come with the page.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { compiled } from './messages.ts'

const VIRTUAL = 'virtual:texts/'
const NAMES_ONLY = /\/(routes|router)\.ts$/
const COMPONENT_OF = /\/src\/features\/([^/]+)\/.*\.vue$/

interface Tree {
  [key: string]: string | Tree
}

/** Only this key of all the texts, in a tree of its own. */
export function single(texts: Tree, path: string[]): Tree | null {
  const [first = '', ...rest] = path
  const found = texts[first]
  if (typeof found === 'string') return rest.length === 0 ? { [first]: found } : null
  const within = found && single(found, rest)
  return within ? { [first]: within } : null
}

export function texts(): Plugin {
  let source = ''
  let groups: string[] = []
  let key = /$^/g
  let isBuild = false

  const read = (group: string) => JSON.parse(readFileSync(join(source, `locales/id/${group}.json`), 'utf8')) as Tree

  /** What a module has to bring: whole groups of texts, and single ones of others. */
  function needed(id: string, code: string) {
    const own = COMPONENT_OF.exec(id)?.[1] ?? ''
    const whole = new Set(groups.filter((group) => group === own))
    const singles: { group: string; texts: Tree }[] = []
    for (const [, group = '', rest = '', end] of code.matchAll(key)) {
      const texts = end ? single(read(group), rest.split('.')) : null
      if (texts) singles.push({ group, texts })
      else whole.add(group)
    }
    return { whole, singles: singles.filter(({ group }) => !whole.has(group)) }
  }

  return {
    name: 'hellopet:texts',
    // After templates and types have become plain code.
    enforce: 'post',
    configResolved(config) {
      isBuild = config.command === 'build'
      source = join(config.root, 'src')
      groups = readdirSync(join(source, 'locales/id')).map((file) => file.replace('.json', ''))
      key = new RegExp(`["'\`](${groups.join('|')})\\.([A-Za-z][\\w.]*)(["'\`])?`, 'g')
    },
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return undefined
      const group = id.slice(VIRTUAL.length + 1)
      return `import texts from '@/locales/id/${group}.json'\nimport { addTexts } from '@/shared/i18n'\naddTexts('${group}', texts)`
    },
    transform(code, id) {
      if (
        !id.startsWith(`${source}/`) ||
        !/\.(vue|ts)$/.test(id) ||
        /\.test\.ts$|\/locales\//.test(id) ||
        NAMES_ONLY.test(id)
      )
        return undefined
      const { whole, singles } = needed(id, code)
      if (whole.size === 0 && singles.length === 0) return undefined
      const imports = [...whole].map((group) => `import '${VIRTUAL}${group}';`)
      if (singles.length > 0) imports.push(`import { addTexts as addTextsOfOurs } from '@/shared/i18n';`)
      const added = singles.map(
        ({ group, texts }) => `addTextsOfOurs('${group}',${JSON.stringify(isBuild ? compiled(texts) : texts)});`,
      )
      // On the first line, so that the lines of the source map stay true.
      return { code: [...imports, ...added, code].join(''), map: null }
    },
  }
}
