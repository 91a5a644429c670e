// The table of two measurements: `node bench-lists.mjs FEW MANY FEW_FILE MANY_FILE`. The files are what
// contract/faults/bench-lists.js prints.

import { readFileSync } from 'node:fs'

const [few, many, fewFile, manyFile] = process.argv.slice(2)
const [small, large] = [fewFile, manyFile].map((file) => JSON.parse(readFileSync(file, 'utf8')))
const count = (text) => Number(text).toLocaleString('en')
const shown = ({ p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`

console.log(`| p50 / p99 in ms, with so many conversations | ${count(few)} | ${count(many)} | p99 many : few | asked | reached |`)
console.log('| --- | ---: | ---: | ---: | --- | --- |')
for (const [what, figures] of Object.entries(large)) {
  const ratio = figures.p99 / small[what].p99
  const [asked, isReached] = what.startsWith('start') ? ['≤ 5 s', figures.p99 <= 5000] : ['≤ 2×', ratio <= 2]
  console.log(`| ${what} | ${shown(small[what])} | ${shown(figures)} | ${ratio.toFixed(2)} | ${asked} | ${isReached ? 'yes' : 'no'} |`)
}
