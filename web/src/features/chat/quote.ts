/** Quotes are plain text, as in letters: `> ` before each of the first lines. Every client and transcript can read them. Pure. */
const MARK = '> '
const MOST_LINES = 3
const LONGEST = 160

export interface Parts {
  /** Null when nothing is quoted. */
  quote: string | null
  text: string
}

export function partsOf(message: string): Parts {
  const lines = message.split('\n')
  const end = lines.findIndex((line) => !line.startsWith(MARK))
  const quoted = end < 0 ? lines : lines.slice(0, end)
  if (quoted.length === 0) return { quote: null, text: message }
  return {
    quote: quoted.map((line) => line.slice(MARK.length)).join('\n'),
    text: end < 0 ? '' : lines.slice(end).join('\n'),
  }
}

/** As much as it takes to know what is meant. */
function shortened(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
  const letters = [...lines.slice(0, MOST_LINES).join('\n')]
  const isWhole = lines.length <= MOST_LINES && letters.length <= LONGEST
  return isWhole ? letters.join('') : `${letters.slice(0, LONGEST).join('').trimEnd()}…`
}

/** A draft that answers a message; what was begun stays, what it quoted before does not. Of an answer its own words are quoted. */
export function quoting(message: string, draft: string): string {
  const { quote, text } = partsOf(message)
  const lines = shortened(text.trim() === '' ? (quote ?? '') : text).split('\n')
  return `${lines.map((line) => MARK + line).join('\n')}\n${partsOf(draft).text}`
}
