/** Asking again and again, less and less often, and not at all while nobody looks. */
export interface PollingOptions {
  ask: () => Promise<void>
  /** Whether there is still something to wait for. */
  isNeeded: () => boolean
  /** Milliseconds before each try; the last one stays. */
  pauses?: readonly number[]
}

const PAUSES = [2500, 3000, 4000, 6000, 9000, 12_000, 15_000]

export function createPolling({ ask, isNeeded, pauses = PAUSES }: PollingOptions) {
  let tries = 0
  let isRunning = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function plan(): void {
    clearTimeout(timer)
    if (!isRunning || !isNeeded() || document.visibilityState === 'hidden') return
    timer = setTimeout(() => void turn(), pauses[Math.min(tries, pauses.length - 1)])
  }

  async function turn(): Promise<void> {
    tries += 1
    await ask()
    plan()
  }

  function onVisibility(): void {
    clearTimeout(timer)
    if (isRunning && isNeeded() && document.visibilityState === 'visible') void turn()
  }

  function start(): void {
    if (isRunning) return
    isRunning = true
    document.addEventListener('visibilitychange', onVisibility)
    plan()
  }

  /** Something just happened: be quick again. */
  function hurry(): void {
    tries = 0
    plan()
  }

  function stop(): void {
    isRunning = false
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisibility)
  }

  return { start, hurry, stop }
}
