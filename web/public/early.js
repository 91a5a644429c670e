// Runs before the first paint, as a file of its own because the page's policy forbids inline scripts.
// It sets what would otherwise flash: the colour scheme and the page's language. src/app/scheme.ts and
// src/shared/i18n/locale.ts own both from then on, with the same keys.
;(function () {
  var root = document.documentElement
  var scheme = null
  var locale = null
  try {
    scheme = localStorage.getItem('hellopet.scheme')
    locale = localStorage.getItem('hellopet.locale')
  } catch {
    // Storage may be forbidden; then the device's own scheme and Indonesian it is.
  }
  var dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.toggle('dark', dark)
  if (dark) document.querySelector('meta[name="theme-color"]').setAttribute('content', '#0C1A18')
  if (locale === 'en') root.lang = 'en'
})()
