// The table of docs/benchmarks.md from the results of one sitting: `node bench-table.mjs FOLDER`.
// Each row: what the original reaches, the limit (what the machine can do, or the harness against a server that does no
// work), what we reach, and whether that is what design.md 8 asks.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]

/** The lines of one part; none when it was not measured. */
function read(part) {
  const file = join(folder, `${part}.jsonl`)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
}

const parts = Object.fromEntries(['limits', 'ceiling', 'original', 'postgres', 'sqlite', 'crowd'].map((part) => [part, read(part)]))

/** The median of a figure over the rounds; null where it was not measured. */
function median(part, matches, figure) {
  const values = parts[part].filter(matches).map(figure).filter((value) => value != null).sort((a, b) => a - b)
  return values.length === 0 ? null : values[Math.floor((values.length - 1) / 2)]
}

const send = (concurrency) => (row) => row.cmd === 'send' && row.mode === 'closed' && row.concurrency === concurrency
const is = (cmd, more = {}) => (row) => row.cmd === cmd && Object.entries(more).every(([key, value]) => row[key] === value)
const closedTyping = (row) => row.cmd === 'typing' && row.target_rate == null
const wrong = (row) => row.lost + row.duplicates + row.out_of_order + row.stray + row.errors + Math.abs((row.stored ?? row.acked) - row.acked)

const rate = (row) => row.rate
const both = (matches, figure) => [median('original', matches, figure), median('postgres', matches, figure)]
const rows = []

/** `better` says how the two figures make a ratio that should be large; `asked` is what that ratio must reach. */
function row(what, { original = null, limit = null, ours, asked, reached, unit = '' }) {
  rows.push({ what, original, limit, ours, asked, reached, unit })
}

for (const [concurrency, factor] of [[1, 5], [16, 12], [128, 20]]) {
  const [original, ours] = both(send(concurrency), rate)
  const limit = concurrency === 128
    ? median('limits', is('limit-batch', { clients: 16 }), (line) => line.rows_per_s)
    : median('limits', is('limit-insert', { clients: concurrency }), (line) => line.rows_per_s)
  row(`durable messages/s, ${concurrency} sender${concurrency > 1 ? 's' : ''}`, { original, limit, ours, asked: `≥ ${factor}× original`, reached: ours / original >= factor })
}
{
  const [original, ours] = both(send(1), (line) => line.post_ms.p50)
  const limit = median('limits', is('limit-insert', { clients: 1 }), (line) => line.latency_ms)
  row('POST p50, 1 sender', { original, limit, ours, unit: ' ms', asked: '≤ 2× limit', reached: ours <= 2 * limit })
}
{
  const [original, ours] = both(send(128), (line) => line.post_ms.p99)
  row('POST p99, 128 senders', { original, ours, unit: ' ms', asked: '≤ 40 ms', reached: ours <= 40 })
}
for (const concurrency of [1, 16, 128]) {
  const ours = median('sqlite', send(concurrency), rate)
  const postgres = median('postgres', send(concurrency), rate)
  row(`the same on SQLite, ${concurrency} sender${concurrency > 1 ? 's' : ''} (limit: ours on PostgreSQL)`, { limit: postgres, ours, asked: '≥ PostgreSQL', reached: ours >= postgres })
}
{
  const sum = (part) => parts[part].filter((line) => line.cmd === 'send').reduce((total, line) => total + wrong(line), 0)
  const ours = sum('postgres') + sum('sqlite')
  row('lost, doubled, out of order, stray, refused', { original: sum('original'), ours, asked: '0', reached: ours === 0 })
}
{
  const [original, ours] = both(is('get'), rate)
  const limit = median('ceiling', is('get'), rate)
  row('directory of 100 doctors, requests/s', { original, limit, ours, asked: '≥ 50× original', reached: ours / original >= 50 })
}
{
  const [original, ours] = both(closedTyping, rate)
  const limit = median('ceiling', closedTyping, rate)
  row('typing events/s, 64 pairs', { original, limit, ours, asked: '≥ 60 % of limit', reached: ours >= 0.6 * limit })
}
{
  const [original, ours] = both(is('login'), (line) => line.logins_per_s)
  const limit = median('limits', is('bcrypt'), (line) => line.all_cores_per_s)
  row('logins/s in a flood of 16', { original, limit, ours, asked: '≥ 95 % of limit', reached: ours >= 0.95 * limit })
}
{
  const [original, ours] = both(is('login'), (line) => line.chat_delivery_ms_flood.p99)
  const limit = median('postgres', is('login'), (line) => line.chat_delivery_ms_alone.p99)
  row('chat delivery p99 during that flood (limit: ours alone)', { original, limit, ours, unit: ' ms', asked: '≤ 2× alone', reached: ours <= 2 * limit })
}
{
  const thousand = is('idle', { sockets: 1000, anonymous: false })
  const [original, ours] = both(thousand, (line) => line.rss_per_socket_hold_kib)
  row('memory per idle socket, 1,000', { original, ours, unit: ' KiB', asked: '≤ 12 KiB', reached: ours <= 12 })
  const tenThousand = median('crowd', is('idle', { sockets: 10_000 }), (line) => line.rss_per_socket_hold_kib)
  row('memory per idle socket, 10,000', { ours: tenThousand, unit: ' KiB', asked: '≤ 10 KiB', reached: tenThousand <= 10 })
}
{
  const [original, ours] = both(is('connect-storm', { sockets: 2000, anonymous: false }), (line) => line.all_connected_secs)
  row('2,000 sockets reconnect at once', { original, ours, unit: ' s', asked: '≤ 1.5 s', reached: ours <= 1.5 })
  const tenThousand = median('crowd', is('connect-storm', { sockets: 10_000 }), (line) => line.all_connected_secs)
  row('10,000 sockets reconnect at once', { ours: tenThousand, unit: ' s', asked: '≤ 8 s', reached: tenThousand <= 8 })
}
{
  const ours = median('crowd', is('rss'), (line) => line.mib)
  row('resident memory, idle', { ours, unit: ' MiB', asked: '≤ 40 MiB', reached: ours <= 40 })
}

const number = (value, unit) =>
  value == null || Number.isNaN(value) ? '–' : `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, '') || '0'}${unit}`
const ratio = (ours, other) => (ours == null || !other ? '–' : `${(ours / other).toFixed(2).replace(/\.?0+$/, '')}×`)

console.log('| what | original | limit | ours | ours : original | ours : limit | asked | reached |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |')
for (const { what, original, limit, ours, asked, reached, unit } of rows) {
  const known = [ours, asked.includes('original') ? original : 0, asked.includes('limit') || asked.includes('alone') || asked.includes('PostgreSQL') ? limit : 0].every((value) => value != null)
  const cells = [what, number(original, unit), number(limit, unit), number(ours, unit), ratio(ours, original), ratio(ours, limit), asked, !known ? 'not measured' : reached ? 'yes' : 'no']
  console.log(`| ${cells.join(' | ')} |`)
}
