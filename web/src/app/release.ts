/**
 * The service worker from the page's side: registers it, and offers a new release once all of its files are there. Nothing changes
 * under somebody who writes: the page goes on with its own files until the offer is taken.
 */
type Offer = (take: () => void) => void

/** How often a page that stays open asks whether there is a newer release, at most: when somebody comes back to it. */
const ASK_AFTER_MS = 30 * 60_000
/** Chromium may wait for the worker of before to be done with its answers to this page; then the page goes first. */
const EXCHANGED_WITHIN_MS = 2_000

export async function followReleases(offer: Offer): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  // What it fetches to keep must not stand in the way of what the page itself waits for.
  if (document.readyState !== 'complete')
    await new Promise((done) => window.addEventListener('load', done, { once: true }))
  const registration = await workers.register('/sw.js')

  const take = (waiting: ServiceWorker) => () => {
    const reload = () => window.location.reload()
    workers.addEventListener('controllerchange', reload, { once: true })
    waiting.postMessage('take over')
    setTimeout(reload, EXCHANGED_WITHIN_MS)
  }
  const offerWaiting = () => {
    // Without one before it there is nothing to replace: the first worker takes its place by itself.
    if (registration.waiting && workers.controller) offer(take(registration.waiting))
  }
  offerWaiting()
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') offerWaiting()
    })
  })

  let askedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || Date.now() - askedAt < ASK_AFTER_MS) return
    askedAt = Date.now()
    void registration.update().catch(() => undefined)
  })
}
