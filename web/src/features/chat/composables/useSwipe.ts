/** Shorter ones are taps, and slanted ones are scrolling. */
const FAR_PX = 48

/** Tells a finger's way to the side: 1 to the next, -1 to the one before. */
export function useSwipe(go: (step: 1 | -1) => void) {
  let start: Touch | undefined

  function begin({ touches }: TouchEvent): void {
    // Two fingers enlarge.
    start = touches.length === 1 ? touches[0] : undefined
  }

  function end({ changedTouches }: TouchEvent): void {
    const finger = changedTouches[0]
    if (!start || !finger) return
    const [aside, down] = [finger.clientX - start.clientX, finger.clientY - start.clientY]
    start = undefined
    if (Math.abs(aside) > FAR_PX && Math.abs(aside) > 1.5 * Math.abs(down)) go(aside < 0 ? 1 : -1)
  }

  return { begin, end }
}
