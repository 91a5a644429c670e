/**
 * What in a message can be tapped: web addresses and phone numbers. Pure. All else is text. An address is shown as the browser
 * understands it, host in plain letters, and whatever tries to look like another one stays text.
 */
export type Piece = { kind: 'text'; text: string } | { kind: 'link' | 'phone'; text: string; href: string }

const LONGEST_ADDRESS = 2000
/** The host is always shown whole; of what follows it, the beginning. */
const LONGEST_SHOWN = 100

/** With the letter before them: in the middle of a word nothing begins. */
const ADDRESS = /(^|[^\p{L}\p{N}_])((?:https?:\/\/|www\.)[^\s<>"]+)/giu
/** As people here write them: `0812-3456-7890`, `(021) 555 1234`, `+62 812 3456 7890`. Hours, dates and doses have fewer figures or other groups. */
const PHONE =
  /(^|[\s(,;:/]|\p{L}\.)(\+\d{1,3}[ .-]?\(?\d{2,4}\)?(?:[ .-]?\d{3,4}){1,3}|\(0\d{2,3}\)(?:[ .-]?\d{3,5}){2}|0\d{2,3}(?:[ .-]?\d{3,5}){2,3})(?![\p{L}\p{N}_]|[.,-]\d)/gu
const [FEWEST_FIGURES, MOST_FIGURES] = [9, 15]

/** Not to be seen, or turning around what is: direction marks, joiners, control characters, what has no meaning yet. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u
const PUNCTUATION = /[.,;:!?'*_~…»”’]$/u
const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

const count = (text: string, letter: string) => text.split(letter).length - 1

/** Without what belongs to the sentence around it. A bracket that was opened in the address belongs to it. */
function trimmed(raw: string): string {
  const opening = CLOSING[raw.slice(-1)]
  const closesTooMuch = opening !== undefined && count(raw, raw.slice(-1)) > count(raw, opening)
  return PUNCTUATION.test(raw) || closesTooMuch ? trimmed(raw.slice(0, -1)) : raw
}

function addressOf(raw: string): URL | null {
  const authority = /^(?:https?:\/\/)?([^/?#]*)/i.exec(raw)?.[1] ?? ''
  if (raw.length > LONGEST_ADDRESS || UNSEEN.test(raw) || raw.includes('\\') || authority.includes('@')) return null
  try {
    const address = new URL(/^https?:/i.test(raw) ? raw : `https://${raw}`)
    return /^https?:$/.test(address.protocol) && address.hostname.includes('.') ? address : null
  } catch {
    return null
  }
}

function shown({ href, origin, pathname, search, hash }: URL): string {
  if (pathname === '/' && search === '' && hash === '') return origin
  const most = Math.max(LONGEST_SHOWN, origin.length + 1)
  return href.length > most ? `${href.slice(0, most)}…` : href
}

/** Cuts a text where `pattern` finds something; `known` says what it is, or null when it only looks so. */
function cut(
  text: string,
  pattern: RegExp,
  known: (raw: string) => (Piece & { length: number }) | null,
  between: (text: string) => Piece[],
): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const match of text.matchAll(pattern)) {
    const [, before = '', raw = ''] = match
    const found = known(raw)
    if (!found) continue
    const { length, ...piece } = found
    const start = match.index + before.length
    pieces.push(...between(text.slice(done, start)), piece)
    done = start + length
  }
  return [...pieces, ...between(text.slice(done))]
}

const plain = (text: string): Piece[] => (text === '' ? [] : [{ kind: 'text', text }])

function phonesIn(text: string): Piece[] {
  const known = (raw: string) => {
    const figures = raw.replace(/[^\d+]/g, '')
    const digits = figures.replace('+', '').length
    return digits < FEWEST_FIGURES || digits > MOST_FIGURES
      ? null
      : { kind: 'phone' as const, text: raw, href: `tel:${figures}`, length: raw.length }
  }
  return cut(text, PHONE, known, plain)
}

export function piecesOf(text: string): Piece[] {
  const known = (raw: string) => {
    // An address that is cut is another one: what is too long stays text, whole.
    const own = raw.length > LONGEST_ADDRESS ? raw : trimmed(raw)
    const address = addressOf(own)
    return address && { kind: 'link' as const, text: shown(address), href: address.href, length: own.length }
  }
  return cut(text, ADDRESS, known, phonesIn)
}
