/**
 * The server's clock, as far as its answers tell it. Deadlines are the server's, and phones are hours off: whatever decides
 * something reads this clock and not the device's.
 */
import { shallowRef } from 'vue'

/** An answer's date is cut to the second: what differs by less than this is no news. */
const NO_NEWS_MS = 1_500

/** How much the server is ahead of this device. */
const ahead = shallowRef(0)

/** Takes the date of an answer, which was asked for and received at these times of the device. What came from a cache says nothing. */
export function learnTime(headers: Headers, askedAt: number, receivedAt: number): void {
  const said = Date.parse(headers.get('date') ?? '')
  const mayBeCached =
    Number(headers.get('age') ?? 0) > 0 || /max-age|immutable/.test(headers.get('cache-control') ?? '')
  if (Number.isNaN(said) || mayBeCached) return
  // Written at some moment between question and answer, then cut: the middle is off by half of either at most.
  const found = said + 500 - (askedAt + receivedAt) / 2
  if (Math.abs(found - ahead.value) > NO_NEWS_MS + Math.abs(receivedAt - askedAt) / 2) ahead.value = Math.round(found)
}

/** What a time of this device is for the server. Inside templates it follows a correction. */
export const onServer = (deviceTime: number): number => deviceTime + ahead.value

/** Milliseconds since 1970 for the server. */
export const serverNow = (): number => onServer(Date.now())

/** As before the first answer. For tests. */
export function forgetServerTime(): void {
  ahead.value = 0
}
