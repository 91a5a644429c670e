/**
 * Holds `shipped.json` true: which npm packages have something of theirs in what browsers get. `package.json` cannot tell: Nuxt UI
 * brings some four hundred packages along, of which a tenth ships. Licences, their texts and the list of parts are read from there
 * (scripts/npm-deny.mjs, third-party.mjs, sbom.sh), and the build fails when it has become wrong.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Come without a module of theirs: as a style sheet, and as drawings that build/icons.ts writes in. */
const BESIDES = ['node_modules/tailwindcss', 'node_modules/@iconify-json/ph']
const PACKAGE = /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//

/** As the lock file calls the package of a file; nothing of what is ours. */
export function packageOf(file: string): string | undefined {
  return PACKAGE.exec(file)?.[1]
}

/** In the list and not in what was built, and the other way round. */
export function differences(listed: string[], built: string[]): string[] {
  const tooMany = listed.filter((name) => !built.includes(name)).map((name) => `no longer ships: ${name}`)
  const missing = built.filter((name) => !listed.includes(name)).map((name) => `ships, and is not listed: ${name}`)
  return [...tooMany, ...missing]
}

export function shipped() {
  const found = new Set(BESIDES)
  let root = ''

  /** For each of the two builds, the app's and the service worker's. */
  const collect = (): Plugin => ({
    name: 'hellopet:shipped-parts',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = Object.values(bundle).flatMap((part) =>
          part.type === 'chunk' ? Object.keys(part.modules) : part.originalFileNames,
        )
        for (const name of files.map(packageOf)) if (name) found.add(name)
      },
    },
  })

  const compare = (): Plugin => ({
    name: 'hellopet:shipped',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    closeBundle: {
      // The service worker is written by then.
      order: 'post',
      sequential: true,
      handler() {
        const listed = JSON.parse(readFileSync(join(root, 'build/shipped.json'), 'utf8')) as string[]
        const wrong = differences(listed, [...found].sort())
        if (wrong.length > 0) this.error(`build/shipped.json is wrong; then \`make generate\`:\n${wrong.join('\n')}`)
      },
    },
  })

  return { collect, compare }
}
