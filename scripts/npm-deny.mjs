// What `cargo deny check bans licenses sources` is for Rust, for npm: `node scripts/npm-deny.mjs`. Reads the lock files alone, and
// the packages of web/ that ship as they are installed. `--advisories` asks the registry for known flaws instead.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isAllowed, licenceOf, read, shipped } from './parts.mjs'

const FOLDERS = ['web', 'contract', 'e2e']
const REGISTRY = 'https://registry.npmjs.org/'

/** @type {Record<string, string>} Never, not even below something else. */
const BANNED = {
  'core-js': 'browsers that lack what it brings are not built for (web/vite.config.ts)',
  'event-stream': 'a release of it stole from its users',
  jquery: 'one way to the page: Vue',
  moment: 'dates are formatted by Intl',
  'node-ipc': 'a release of it deleted files of its users',
}

/** @type {Record<string, string>} May run a program of theirs while they are installed. */
const RUN_ON_INSTALL = {
  esbuild: 'looks whether its binary fits; only compiles',
  'vue-demi': 'picks the files for the version of Vue; nothing of it ships',
  fsevents: 'compiles itself, on macOS only',
}

/** @type {string[]} */
const wrong = []

/** @param {string} folder */
function look(folder) {
  const direct = read(`${folder}/package.json`)
  for (const [name, version] of Object.entries({ ...direct.dependencies, ...direct.devDependencies })) {
    if (!/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) wrong.push(`${folder}: ${name} "${version}" is not one version`)
  }
  for (const [path, entry] of Object.entries(read(`${folder}/package-lock.json`).packages)) {
    if (path === '') continue
    const name = path.split('node_modules/').at(-1) ?? path
    const where = `${folder}: ${path} ${entry.version}`
    // What lies within another package is covered by that one's hash.
    if (!entry.inBundle && !/^sha512-/.test(entry.integrity ?? '')) wrong.push(`${where} has no SHA-512 in the lock file`)
    // The lock names no address where a package is the registry's (.npmrc), and one where it is not.
    if (entry.link || !(entry.resolved ?? REGISTRY).startsWith(REGISTRY)) wrong.push(`${where} is not from the registry`)
    // By its own name too, where it goes by another one here.
    for (const called of new Set([name, entry.name ?? name])) {
      if (BANNED[called]) wrong.push(`${where} is banned: ${BANNED[called]}`)
    }
    if (entry.hasInstallScript && !RUN_ON_INSTALL[name]) wrong.push(`${where} runs a program while it is installed`)
  }
}

function licences() {
  for (const { path, name, version } of shipped()) {
    if (!existsSync(`web/${path}`)) {
      wrong.push(`web: ${path} ships and is not installed: scripts/npm-install.sh web`)
    } else if (!isAllowed(licenceOf(path))) {
      wrong.push(`web: ${name} ${version} ships, and its licence is not allowed: ${licenceOf(path)}`)
    }
  }
}

/** Flaws of what ships are refused, others are told. @param {string} folder */
function audit(folder) {
  const asked = spawnSync('npm', ['--prefix', folder, 'audit', '--json'], { encoding: 'utf8' })
  /** @type {any} */
  let answer = null
  try {
    answer = JSON.parse(asked.stdout)
  } catch {
    // Said below.
  }
  if (!answer?.vulnerabilities) {
    console.log(`${folder}: NOT looked up: the registry did not say which flaws are known (${answer?.message ?? asked.stderr.trim()})`)
    return
  }
  const shipping = new Set(folder === 'web' ? shipped().map(({ path }) => path) : [])
  for (const { name, severity, nodes, via } of Object.values(answer.vulnerabilities)) {
    const titles = via.map((/** @type {any} */ one) => one.title ?? `by way of ${one}`).join('; ')
    const said = `${folder}: ${name} has a known flaw (${severity}): ${titles}`
    if (nodes.some((/** @type {string} */ path) => shipping.has(path))) wrong.push(`${said}. It ships`)
    else console.log(`${said}. It does not ship`)
  }
  console.log(`${folder}: known flaws were looked up`)
}

if (process.argv[2] === '--advisories') {
  FOLDERS.forEach(audit)
} else {
  FOLDERS.forEach(look)
  licences()
}
for (const line of wrong) console.error(line)
process.exitCode = wrong.length > 0 ? 1 : 0
