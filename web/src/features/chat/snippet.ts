/** The piece of a message around what was searched for. Pure. */

/** How much may stand before the match, so that it is seen on the narrowest phone. */
const BEFORE = 24

/** Shorter searches would find everything. */
export const SHORTEST_SEARCH = 2
export const LONGEST_SEARCH = 100

export interface Snippet {
  before: string
  match: string
  after: string
}

/** Letter by letter in small ones: some are longer than the letter they stand for, so places are counted apart. */
function lowered(text: string): { letters: string[]; places: number[] } {
  const letters: string[] = []
  const places: number[] = []
  let place = 0
  for (const letter of text) {
    for (const small of letter.toLowerCase()) {
      letters.push(small)
      places.push(place)
    }
    place += letter.length
  }
  return { letters, places }
}

/** Where `wanted` stands in `text`, whatever the case of either; null when it does not. */
function placeOf(text: string, wanted: string): [start: number, end: number] | null {
  const { letters, places } = lowered(text)
  const sought = lowered(wanted).letters
  if (sought.length === 0) return null
  const at = letters.findIndex((_, start) => sought.every((letter, index) => letters[start + index] === letter))
  return at < 0 ? null : [places[at] ?? 0, places[at + sought.length] ?? text.length]
}

/** Cut between words where there are any, with a sign that something is missing. */
function shortened(before: string): string {
  if (before.length <= BEFORE) return before
  const tail = before.slice(-BEFORE)
  const word = tail.indexOf(' ')
  return `…${word < 0 ? [...tail].slice(1).join('') : tail.slice(word + 1)}`
}

export function snippetOf(text: string, wanted: string): Snippet {
  const line = text.replace(/\s+/g, ' ')
  const found = placeOf(line, wanted.trim().replace(/\s+/g, ' '))
  if (!found) return { before: line, match: '', after: '' }
  const [start, end] = found
  return { before: shortened(line.slice(0, start)), match: line.slice(start, end), after: line.slice(end) }
}
