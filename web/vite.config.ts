import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import ui, { type NuxtUIOptions } from '@nuxt/ui/vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { compressed } from './build/compressed.ts'
import { firstPaint } from './build/first-paint.ts'
import { icons } from './build/icons.ts'
import { lazyParts } from './build/lazy-parts.ts'
import { messages } from './build/messages.ts'
import { places } from './build/places.ts'
import { shipped } from './build/shipped.ts'
import { texts } from './build/texts.ts'
import { uiColors } from './build/ui-colors.ts'
import { theme } from './build/ui-theme.ts'

const server = process.env.HELLOPET_SERVER ?? 'http://localhost:5000'

const parts = shipped()

export default defineConfig({
  plugins: [
    lazyParts(),
    vue(),
    ui({
      // Its type allows no slots inside variants, although every theme of its own has them.
      ui: theme as unknown as NuxtUIOptions['ui'],
      // The colour scheme is ours (public/early.js, src/app/scheme.ts): it has to be there before the first paint.
      colorMode: false,
      // Imports are written out, so that a reader sees where a name comes from.
      autoImport: false,
      components: false,
      dts: false,
      // They come with the code that shows them (build/icons.ts).
      icon: { clientBundle: false },
      theme: { transitions: false },
      experimental: { componentDetection: true },
    }),
    uiColors(),
    messages(),
    texts(),
    icons(),
    firstPaint(),
    places(),
    parts.collect(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      // Both are written by hand: src/app/release.ts, public/manifest.webmanifest.
      injectRegister: false,
      manifest: false,
      injectManifest: {
        buildPlugins: { vite: [parts.collect()] },
        globPatterns: ['index.html', 'assets/*.{js,css,woff2}'],
        // What few open, and letters that our languages do not have: they are fetched when they are needed.
        globIgnores: [
          'assets/{chart-engine,ApplicantPage,ApplicantsPage,DeadJobsPage,GatewayReportsPage,ModerationPage,QueuePage,RefundsPage}-*',
          'assets/*-{cyrillic,vietnamese,latin-ext}*',
        ],
      },
    }),
    parts.compare(),
    compressed(),
  ],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
  },
  build: {
    // Android phones of the last five years; anything older gets the same page without the newest CSS.
    target: ['chrome107', 'safari16', 'firefox110'],
    // The server's policy takes fonts from itself only, not from `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The drawing of charts, which only the page with the figures loads.
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
    rolldownOptions: {
      // Which plugin takes how long: said of every build on a busy machine.
      checks: { bundlerTimings: false },
      // What most pages use comes in one file: fifty small ones are packed worse, and asked for one by one.
      output: {
        advancedChunks: {
          groups: [{ name: 'common', test: /\/src\/(shared|app|features)\/|nuxt-ui/, minShareCount: 14 }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/sandbox': server,
      '/socket.io': { target: server, ws: true },
    },
  },
  test: {
    // A file that needs a page asks for one in its first line: setting it up takes longer than most tests.
    environment: 'node',
    include: ['{src,build}/**/*.test.ts'],
    env: { TZ: 'Asia/Jakarta' },
    // A page may take its time beside a compiler.
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
