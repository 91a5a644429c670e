/**
 * Work that asks the server for the present state: never twice at once, and whoever asks while it runs gets a run that begins
 * afterwards, since the one under way may have looked before the moment in question.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  return function ask(): Promise<void> {
    if (!running) {
      running = work().finally(() => {
        running = null
      })
      return running
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null
        return ask()
      })
    return next
  }
}
