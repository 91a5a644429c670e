import { defineConfig } from '@playwright/test'

import stories from './playwright.config.ts'

// Every page into docs/tour, and the README's pictures into docs/images, from the demo: `make screenshots`.
export default defineConfig({ ...stories, testDir: 'screenshots', timeout: 900_000, use: { ...stories.use, trace: 'off' } })
