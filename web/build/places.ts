/**
 * Writes `places.json`: every address that the app knows, and which files its page needs besides those that every page loads.
 * The server answers 404 to all other addresses, and has the browser fetch a page's files at once (server/src/web/places.rs).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

interface Route {
  path: string
  /** The file of its page; none where it only leads on. */
  page: string | null
}

interface Place {
  path: string
  scripts: string[]
  styles: string[]
}

const CATCH_ALL = '/:rest(.*)*'

/** The routes as they are written: a path, then its page or where it leads on. That none is overlooked is asked by src/router.test.ts. */
export function readRoutes(source: string, folder: string): Route[] {
  const found = [...source.matchAll(/\bpath: '([^']+)'[^]*?(?:import\('([^']+)'\)|redirect:)/g)]
  return found
    .map(([, path = '', page]) => ({ path, page: page ? resolve(folder, page) : null }))
    .filter(({ path }) => path !== CATCH_ALL)
}

function allRoutes(root: string): Route[] {
  const features = readdirSync(join(root, 'src/features')).map((name) => `src/features/${name}/routes.ts`)
  const files = [...features, 'src/router.ts'].map((file) => join(root, file)).filter((file) => existsSync(file))
  return files.flatMap((file) => readRoutes(readFileSync(file, 'utf8'), dirname(file)))
}

/** What comes with these chunks without being asked for. */
function filesOf(
  bundle: Rolldown.OutputBundle,
  names: Iterable<string>,
): { scripts: Set<string>; styles: Set<string> } {
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = bundle[name]
    if (scripts.has(name) || chunk?.type !== 'chunk') continue
    scripts.add(name)
    chunk.viteMetadata?.importedCss.forEach((style) => styles.add(style))
    waiting.push(...chunk.imports)
  }
  return { scripts, styles }
}

const addressesBeyond = (all: Set<string>, known: Set<string>) =>
  [...all].filter((name) => !known.has(name)).map((name) => `/${name}`)

export function places(): Plugin {
  let root = ''
  return {
    name: 'hellopet:places',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const every = filesOf(
          bundle,
          chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName),
        )
        const list = allRoutes(root).map(({ path, page }): Place => {
          const chunk = chunks.find(({ facadeModuleId }) => page !== null && facadeModuleId === page)
          if (page !== null && !chunk) this.error(`${path}: no chunk was made of ${page}`)
          const own = filesOf(bundle, chunk ? [chunk.fileName] : [])
          return {
            path,
            scripts: addressesBeyond(own.scripts, every.scripts),
            styles: addressesBeyond(own.styles, every.styles),
          }
        })
        this.emitFile({ type: 'asset', fileName: 'places.json', source: JSON.stringify(list) })
      },
    },
  }
}
