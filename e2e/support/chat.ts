// A conversation as one side sees it.

import type { Locator, Page } from '@playwright/test'

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Tulis pesan' })
}

export function log(page: Page): Locator {
  return page.getByRole('log')
}

/** The bubble that holds these words. */
export function bubble(page: Page, words: string): Locator {
  return log(page).getByTestId('bubble').filter({ hasText: words })
}

export async function say(page: Page, words: string): Promise<void> {
  await composer(page).fill(words)
  await page.getByRole('button', { name: 'Kirim pesan' }).click()
}
