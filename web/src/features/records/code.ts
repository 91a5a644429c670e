/** A verification code as people copy it from paper. Pure. */

/** Capitals without the blanks, and with the plain hyphen, as the document has it. */
export const tidyCode = (typed: string) =>
  typed
    .replace(/\s+/g, '')
    .replace(/[‐-―−]/g, '-')
    .toUpperCase()
