import { defineConfig } from '@playwright/test'

import stories from './playwright.config.ts'

// Every page at both widths into docs/images, from the demo: `make screenshots`.
export default defineConfig({ ...stories, testDir: 'screenshots', timeout: 180_000 })
