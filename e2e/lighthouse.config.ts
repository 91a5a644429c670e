import { defineConfig } from '@playwright/test'

import stories from './playwright.config.ts'

// How fast pages are on a slow phone, by Lighthouse: `make lighthouse`.
export default defineConfig({ ...stories, testDir: 'lighthouse', timeout: 600_000, retries: 0 })
