/**
 * What the link of a letter carries behind its `#`. It is taken out of the address at once: whoever uses the browser next must not find
 * it in the history.
 */
export function takeLinkToken(): string {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
