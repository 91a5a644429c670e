/**
 * Whoever comes to a payment from the button that buys wants to pay: its entry in the history says so, once. After a reload, on the
 * way back or by a link, somebody only looks.
 */
export const TO_PAY = { isToPay: true }

export function takeToPay(): boolean {
  if (window.history.state?.isToPay !== true) return false
  // Said, not left out: the router keeps what an entry was made with.
  window.history.replaceState({ ...window.history.state, isToPay: false }, '')
  return true
}
