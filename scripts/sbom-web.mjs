// Of npm's list of all packages (standard input) those that ship: `npm sbom --omit dev` would name the four hundred that Nuxt UI
// brings along, and not the style sheet and the icons, which are here while building only.

import { readFileSync } from 'node:fs'
import { shipped } from './parts.mjs'

const list = JSON.parse(readFileSync(0, 'utf8'))
const wanted = new Set(shipped().map(({ name, version }) => `${name}@${version}`))
const whole = list.metadata.component['bom-ref']

/** @param {string} ref */
const isPart = (ref) => wanted.has(ref) || ref === whole

list.components = list.components.filter((/** @type {any} */ part) => isPart(part['bom-ref']))
list.dependencies = list.dependencies
  .filter((/** @type {any} */ { ref }) => isPart(ref))
  .map((/** @type {any} */ { ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isPart) }))
const missing = [...wanted].filter((name) => !list.components.some((/** @type {any} */ part) => part['bom-ref'] === name))
if (missing.length > 0) throw new Error(`npm's list lacks ${missing.join(', ')}`)
console.log(JSON.stringify(list, null, 2))
