/**
 * What the first paint waits for, in the page itself: the script that sets colour scheme and language, whose hash the server
 * puts into its policy (server/src/web/index.rs), and an early word of the font that the styles name later.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const SCRIPT = '<script src="/early.js"></script>'
const FONT = /assets\/plus-jakarta-sans-latin-wght-normal-[^/]*\.woff2$/

export function firstPaint(): Plugin {
  let root = ''
  return {
    name: 'hellopet:first-paint',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (!html.includes(SCRIPT)) throw new Error(`index.html has no ${SCRIPT}`)
        const early = readFileSync(join(root, 'public/early.js'), 'utf8').replaceAll(/^\s*(\/\/.*)?\n|^\s+/gm, '')
        const font = Object.keys(bundle ?? {}).find((name) => FONT.test(name))
        if (!font) throw new Error('the font of the first paint is not among what was built')
        const preload = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${font}` }
        return {
          html: html.replace(SCRIPT, () => `<script>${early}</script>`),
          tags: [{ tag: 'link', attrs: preload, injectTo: 'head-prepend' }],
        }
      },
    },
  }
}
