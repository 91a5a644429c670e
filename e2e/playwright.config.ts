import { defineConfig } from '@playwright/test'

// Debian's Chromium: no browser is downloaded. Background networking off, since nothing outside can be reached.
export const chromium = {
  executablePath: process.env.CHROMIUM_BIN || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--no-first-run'],
}

export default defineConfig({
  testDir: 'stories',
  outputDir: 'test-results',
  forbidOnly: !!process.env.CI,
  // Each has a server of its own; one alone, two browsers and a server, leaves two cores idle for two thirds of its time. A machine that is
  // busy with something else gets a second chance.
  workers: 2,
  retries: process.env.CI ? 1 : 0,
  // When nothing works, three patient failures say so as well as twelve.
  maxFailures: process.env.CI ? 3 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    launchOptions: chromium,
    viewport: { width: 360, height: 780 },
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    // They would answer in place of the server that a story stops; those about them allow them.
    serviceWorkers: 'block',
    // The page as it was at every step. A film of it as well took as much of the processor as all the rest.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
})
