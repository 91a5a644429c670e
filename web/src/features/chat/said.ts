/** The words of the owner that a warning may be about. Pure. */
import type { Row } from './rows'

/** What was said longer ago was answered, or is not so any more. */
const LAST = 8

export function saidByOwner(rows: readonly Row[], isVet: boolean): string {
  const bubbles = rows.flatMap((row) => (row.kind === 'bubble' ? [row.bubble] : []))
  const stored = bubbles.filter(({ mine, seq, text }) => mine !== isVet && seq !== null && text !== '')
  return stored
    .slice(-LAST)
    .map(({ text }) => text)
    .join('\n')
}
