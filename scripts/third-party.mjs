// Writes web/public/third-party.txt: whose work is in the program, and under which licence, with its text. What licences ask of
// whoever hands a program on. `--check` writes nothing and fails when the file is no longer true.
//
// A text that many share stands there once: without the lines that say whose the copyright is, which stand by the package.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crates, licenceOf, read, shipped } from './parts.mjs'

const FILE = 'web/public/third-party.txt'
const FONTS = 'platform/assets/fonts'
const LICENCE = /^(licen[cs]e|copying|copyright|notice|unlicense|ofl)|[-.](licen[cs]e|ofl)\.txt$/i
/** Neither programs nor in the program: licences of what a package uses to make itself. */
const ASIDE = /^(node_modules|tests?|scripts|benches|examples|sqlcipher)$/
const SOURCE = /\.(rs|js|ts|html|json)$/
const COPYRIGHT = /^\W*(Copyright (\([cC]\)|©|\d{4}|(?!Holder|Licen[cs]e|Notice|Owner)[A-Z])|(\([cC]\)|©) (\d{4}|Copyright)|All rights reserved)/
const NAME_OF_IT = /^(the )?(mit|isc|bsd|zlib|apache|boost)[^.]{0,60}licen[cs]e[^.]{0,40}$/i

/**
 * `within` are those of what a package has taken in from others.
 * @typedef {{ kind: string, name: string, version: string, licence: string, by: string, texts: string[], within: string[] }} Package
 */

/** @param {string} folder */
function textsOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))
  const files = entries.filter((entry) => entry.isFile() && LICENCE.test(entry.name) && !SOURCE.test(entry.name))
  const folders = entries.filter((entry) => entry.isDirectory() && !ASIDE.test(entry.name))
  /** @type {string[]} */
  const within = folders.flatMap((entry) => {
    const found = textsOf(join(folder, entry.name))
    return [...found.texts, ...found.within]
  })
  const texts = files.map(({ name }) => readFileSync(join(folder, name), 'utf8'))
  // A link that was packed as a file says only where it led.
  return { texts: texts.filter((text) => /\s/.test(text.trim())), within }
}

/** Without the address. @param {string} author */
const nameOf = (author) => author.replace(/ *<.*/, '')

/** @returns {Package[]} */
function packages() {
  const ofRust = crates().map(({ name, version, license, authors, manifest_path: manifest }) => {
    const by = authors.map(nameOf).join(', ')
    // Some still write the form of before.
    const licence = (license ?? '').replaceAll(/ *\/ */g, ' OR ')
    return { kind: 'crate', name, version, licence, by, ...textsOf(dirname(manifest)) }
  })
  const ofWeb = shipped().map(({ path, name, version }) => {
    const { author } = read(`web/${path}/package.json`)
    return { kind: 'npm', name, version, licence: licenceOf(path), by: nameOf(author?.name ?? author ?? ''), ...textsOf(`web/${path}`) }
  })
  // PDFs are written in them.
  const licencesOfFonts = readdirSync(FONTS).filter((file) => LICENCE.test(file)).sort()
  const fonts = licencesOfFonts.map((file) => {
    const [name = '', licence] = [file.split('-')[0], /OFL/.test(file) ? 'OFL-1.1' : 'Bitstream-Vera']
    return { kind: 'font', name, version: '', licence, by: '', texts: [readFileSync(join(FONTS, file), 'utf8')], within: [] }
  })
  return [...ofRust, ...ofWeb, ...fonts]
}

/** A text as it is told from others, and as it is shown. @param {string} whole */
function split(whole) {
  const lines = whole.replaceAll('\r', '').replaceAll('\uFEFF', '').split('\n').map((line) => line.trimEnd())
  const isOwn = lines.map((line) => COPYRIGHT.test(line))
  const between = lines.slice(isOwn.indexOf(true), isOwn.lastIndexOf(true) + 1)
  // Where they stand apart, each belongs to what is around it.
  const areOneBlock = between.every((line) => line === '' || COPYRIGHT.test(line))
  const own = areOneBlock ? lines.filter((_, index) => isOwn[index]).map((line) => line.trim()) : []
  const rest = areOneBlock ? lines.filter((_, index) => !isOwn[index]) : lines
  const text = rest.join('\n').replace(/\n{3,}/g, '\n\n').replace(/^\n+/, '').trimEnd()
  const body = rest.filter((line) => !NAME_OF_IT.test(line.trim())).join(' ')
  return { own, text, key: body.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ').trim() }
}

/** The text that most packages of one licence bring, for those that name it and bring none. @param {Package[]} all */
function usual(all) {
  /** @type {Map<string, Map<string, string[]>>} */
  const found = new Map()
  for (const { licence, texts } of all) {
    if (texts.length !== 1 || !texts[0]) continue
    const keys = found.get(licence) ?? found.set(licence, new Map()).get(licence)
    const key = split(texts[0]).key
    keys?.set(key, [...(keys.get(key) ?? []), split(texts[0]).text])
  }
  /** @param {string} licence */
  return (licence) => {
    const one = licence.split(' OR ').find((name) => found.has(name))
    const most = [...(found.get(one ?? '')?.values() ?? [])].sort((some, others) => others.length - some.length)[0]?.[0]
    if (!most) throw new Error(`there is no text of ${licence}`)
    return most
  }
}

function write() {
  const all = packages()
  const standing = usual(all)
  /** @type {Map<string, { number: number, text: string }>} */
  const texts = new Map()
  const list = all.map(({ kind, name, version, licence, by, texts: given, within }) => {
    const lines = new Set()
    const numbers = new Set()
    for (const whole of [...(given.length > 0 ? given : [standing(licence)]), ...within]) {
      const { own, text, key } = split(whole)
      own.forEach((line) => lines.add(line))
      // A file may hold nothing but whose it is.
      if (key === '') continue
      if (!texts.has(key)) texts.set(key, { number: texts.size + 1, text })
      numbers.add(texts.get(key)?.number)
    }
    if (given.length === 0 && by) lines.add(`By ${by}`)
    const head = `${kind} ${name} ${version}`.trimEnd()
    return [`${head} (${licence}), text ${[...numbers].join(', ')}`, ...[...lines].map((line) => `    ${line}`)].join('\n')
  })
  const bodies = [...texts.values()].map(({ number, text }) => `---- text ${number} ${'-'.repeat(60)}\n\n${text}`)
  return `${HEAD}\n${list.join('\n')}\n\n${bodies.join('\n\n')}\n`
}

const HEAD = `HELLOPET! is made with the work of others. These packages are part of the program, or of what it sends to browsers; each with
its licence, whose it is, and the number of the text below. Where one offers several licences, all of its texts are named.
The standard library of Rust (MIT OR Apache-2.0) is part of the program too, and so is SQLite, which is in the public domain.

Made by scripts/third-party.mjs.
`

const now = write()
if (process.argv[2] !== '--check') {
  writeFileSync(FILE, now)
} else if (readFileSync(FILE, 'utf8') !== now) {
  console.error(`${FILE} no longer names what is in the program: make generate`)
  process.exitCode = 1
}
