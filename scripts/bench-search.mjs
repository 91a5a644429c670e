// How long searches among many doctors take, seen from a client: `node bench-search.mjs BASE_URL`. Prints a table.

const base = process.argv[2]
const ROUNDS = 400
const AT_ONCE = 4

const FIRST = ['nadia', 'putri', 'bayu', 'rizky', 'sari', 'wahyu', 'dewi', 'eka']
const LAST = ['prameswari', 'santoso', 'hidayat', 'simanjuntak', 'wijaya', 'kusuma']
const SPECIALIZATIONS = ['Bedah', 'Kulit & alergi', 'Perilaku', 'Gigi & mulut']
const SPECIES = ['cat', 'bird', 'reptile', 'fish']
const SORTS = ['rating', 'price', 'experience']

const pick = (from, index) => from[index % from.length]
/** A slip of the finger: two letters change places. */
const slip = (word) => word.slice(0, 2) + word[3] + word[2] + word.slice(4)

/** What is searched for, by the number of the search. */
const SEARCHES = {
  'everybody, in each order': (index) => ({ sort: pick(SORTS, index) }),
  'the beginning of a name': (index) => ({ q: pick(FIRST, index).slice(0, 2 + (index % 3)) }),
  'a first and a last name': (index) => ({ q: `${pick(FIRST, index)} ${pick(LAST, index)}`, sort: pick(SORTS, index) }),
  'a name with a slip of the finger': (index) => ({ q: slip(pick(LAST, index)) }),
  'a speciality, in each order': (index) => ({ specialization: pick(SPECIALIZATIONS, index), sort: pick(SORTS, index) }),
  'a species and a range of prices': (index) => ({ species: pick(SPECIES, index), minPrice: 30000 + (index % 5) * 3000, maxPrice: 50000, sort: pick(SORTS, index) }),
  'everything at once': (index) => ({ q: pick(FIRST, index).slice(0, 3), species: pick(SPECIES, index), specialization: pick(SPECIALIZATIONS, index), minRating: 4, sort: pick(SORTS, index) }),
}

async function ask(parameters) {
  const begun = performance.now()
  const response = await fetch(`${base}/api/doctors?${new URLSearchParams(parameters)}`)
  if (!response.ok) throw new Error(`${response.status} for ${JSON.stringify(parameters)}: ${await response.text()}`)
  const found = await response.json()
  return { found, millis: performance.now() - begun }
}

/** Runs `work` for 0, 1, 2, …, a few at a time. */
async function times(count, work) {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function quantile(values, part) {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]
}

function print(what, millis) {
  const [median, late] = [0.5, 0.99].map((part) => quantile(millis, part).toFixed(1))
  console.log(`| ${what} | ${millis.length} | ${median} ms | ${late} ms |`)
}

console.log('| search | times | p50 | p99 |')
console.log('| --- | ---: | ---: | ---: |')
for (const [what, parameters] of Object.entries(SEARCHES)) {
  await times(20, (index) => ask(parameters(index)))
  const millis = []
  await times(ROUNDS, async (index) => millis.push((await ask(parameters(index))).millis))
  print(what, millis)
}

const millis = []
let cursor
for (let page = 0; page < ROUNDS; page++) {
  const { found, millis: spent } = await ask({ limit: 100, sort: 'rating', ...(cursor ? { cursor } : {}) })
  millis.push(spent)
  cursor = found.nextCursor
}
print(`page after page, to the ${(ROUNDS * 100).toLocaleString('en')}th`, millis)
console.log()
