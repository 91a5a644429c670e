/** Advice is often written as a list by hand. Pure. */

const MARK = /^\s*(?:\d{1,2}[.)]|[-•*])\s+/

/** The points of a text whose lines are all numbered or dotted; null of running text, which stands as it was written. */
export function stepsOf(text: string): string[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 2 || !lines.every((line) => MARK.test(line))) return null
  return lines.map((line) => line.replace(MARK, '').trim())
}
