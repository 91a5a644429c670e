// Runs before the first paint: the build puts it into the page (build/first-paint.ts).
// It sets what would otherwise flash: the colour scheme and the page's language. src/app/scheme.ts and
// src/shared/i18n/locale.ts own both from then on, with the same keys.
;(function () {
  var root = document.documentElement
  var scheme = null
  var chosen = null
  try {
    scheme = localStorage.getItem('hellopet.scheme')
    chosen = localStorage.getItem('hellopet.locale')
  } catch {
    // Storage may be forbidden; then the device's own scheme and Indonesian it is.
  }
  var dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.toggle('dark', dark)
  if (dark) document.querySelector('meta[name="theme-color"]').setAttribute('content', '#0C1A18')
  // Where there is neither, the language that the server has found in the cookie stays.
  var asked = new URLSearchParams(location.search).get('lang')
  var locale = asked === 'id' || asked === 'en' ? asked : chosen
  if (locale === 'id' || locale === 'en') root.lang = locale
})()
