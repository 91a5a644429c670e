/// <reference lib="webworker" />
/**
 * The service worker: keeps what the app is made of, so that it opens without a signal. It keeps nothing of anybody's: what people
 * wrote is in IndexedDB, and is written there by the app itself.
 *
 * A new release waits until somebody takes it (src/app/release.ts). Until then open pages get the files that they were made
 * with, which the server no longer has.
 */
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

/** Pages that the server fills: what it says is newer than anything kept here. */
const FILLED = /^\/(dokter(\/[0-9a-f-]{36})?|verifikasi(\/[^/]+)?|masuk|daftar)?\/?$/
/** Not ours to answer. */
const SERVERS_OWN = /^\/(api|sandbox|socket\.io)(\/|$)|^\/(robots\.txt|sitemap\.xml|third-party\.txt)$/
/** Somebody with a signal this weak is better off with the app, which says what it could not load. */
const PATIENCE_MS = 4_000

// `/` is a page that the server fills, not the bare index.html.
precacheAndRoute(self.__WB_MANIFEST, { directoryIndex: undefined, cleanURLs: false })

const shell = createHandlerBoundToURL('index.html')

registerRoute(
  new NavigationRoute(
    async (options) => {
      const impatience = new Promise<never>((_, giveUp) => setTimeout(giveUp, PATIENCE_MS))
      const asked = FILLED.test(options.url.pathname)
        ? Promise.race([fetch(options.request), impatience])
        : Promise.reject(new Error('kept here'))
      return asked.catch(() => shell(options))
    },
    { denylist: [SERVERS_OWN] },
  ),
)

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting()
})
// The page that brought the worker has its files kept from the first visit on.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
