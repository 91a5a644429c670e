/** The names in a canned reply. Pure. */

export interface Names {
  owner: string
  pet: string
}

/** `{pemilik}` and `{hewan}` by their names; a brace that means something else stays. */
export const filled = (body: string, { owner, pet }: Names) =>
  body.replace(/\{(pemilik|hewan)\}/gi, (_, word: string) => (word.toLowerCase() === 'pemilik' ? owner : pet))

/** After what was begun, on a line of its own. */
export const joined = (begun: string, added: string) => (begun.trim() === '' ? added : `${begun.trimEnd()}\n${added}`)
