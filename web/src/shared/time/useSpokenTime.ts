import { watch } from 'vue'
import { announce } from '@/shared/a11y/announce'

const MINUTES = [5, 1]

/** Says the time that is left when it matters, and not every second. */
export function useSpokenTime(left: () => number | null, words: (minutes: number) => string) {
  watch(left, (now, before) => {
    if (now === null || before === null || before === undefined) return
    const passed = MINUTES.find((minutes) => before > minutes * 60_000 && now <= minutes * 60_000)
    if (passed !== undefined) announce(words(passed))
  })
}
