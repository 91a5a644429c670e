// Which packages of others are part of the program, and which licences they may have. For the scripts beside this one.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** @param {string} file */
export const read = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** The npm packages of the web app (web/build/shipped.ts). @returns {{ path: string, name: string, version: string }[]} */
export function shipped() {
  const locked = read('web/package-lock.json').packages
  return read('web/build/shipped.json').map((/** @type {string} */ path) => {
    if (!locked[path]) throw new Error(`web/build/shipped.json names ${path}, which is not in the lock file`)
    return { path, name: path.split('node_modules/').at(-1) ?? path, version: locked[path].version }
  })
}

/** As the package itself says: the lock file leaves some out. @param {string} path */
export function licenceOf(path) {
  const { license } = read(`web/${path}/package.json`)
  return String(license?.type ?? license)
}

/**
 * The crates that are compiled into the binary. Not those that only run while it is compiled: macros, and what they stand on.
 * @returns {{ name: string, version: string, license: string | null, authors: string[], manifest_path: string }[]}
 */
export function crates() {
  const cargo = (/** @type {string[]} */ ...args) => execFileSync('cargo', args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  const targets = /targets = \[(.*)\]/.exec(readFileSync('deny.toml', 'utf8'))?.[1]?.match(/[^" ,]+/g) ?? []
  const used = targets.flatMap((target) => {
    const tree = cargo('tree', '--locked', '--package', 'hellopet', '--edges', 'normal,no-proc-macro', '--target', target, '--prefix', 'none')
    return tree.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '))
  })
  // A build script of utoipa-swagger-ui unpacks it into the binary.
  const { packages } = JSON.parse(cargo('metadata', '--locked', '--format-version', '1'))
  const wanted = new Set([...used, ...packages.filter(isSwagger).map(called)])
  return packages.filter((/** @type {any} */ each) => each.source && wanted.has(called(each)))
}

/** @param {any} crate */
const called = ({ name, version }) => `${name} v${version}`

/** @param {any} crate */
const isSwagger = ({ name }) => name === 'utoipa-swagger-ui-vendored'

/** Ask for no more than deny.toml's do: the one of fonts to keep its name off changed ones, the other for nothing. */
const ALSO_ALLOWED = ['OFL-1.1', '0BSD']

/** All that are joined by AND, one of those that are joined by OR. @param {string} expression */
export function isAllowed(expression) {
  const allow = /^allow = \[(.*)\]$/m.exec(readFileSync('deny.toml', 'utf8'))?.[1]?.match(/[^" ,]+/g)
  if (!allow) throw new Error('deny.toml has no list of licences that is read here')
  const all = new Set([...allow, ...ALSO_ALLOWED])
  const parts = expression.replaceAll(/[()]/g, '').split(' AND ')
  return parts.every((part) => part.split(' OR ').some((name) => all.has(name.trim())))
}
