// A conversation as one side sees it.

import { type Locator, type Page, expect } from '@playwright/test'

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

/** The words of every bubble that has some, in their order. */
export function words(page: Page): Promise<string[]> {
  return log(page)
    .getByTestId('bubble')
    .evaluateAll((bubbles) => bubbles.map((bubble) => bubble.querySelector('p')?.firstChild?.textContent ?? '').filter((text) => text !== ''))
}

/** How far the message with these words has come. */
export function delivery(page: Page, text: string): Locator {
  return bubble(page, text).getByTestId('ticks').last()
}

/** A photo as phones take them: large, and turned on its side. Drawn by the browser, so that no file has to be kept. */
export async function photo(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2250
    const brush = canvas.getContext('2d')!
    // Speckles, which do not compress: a real photo is heavy too.
    for (let x = 0; x < canvas.width; x += 6) {
      for (let y = 0; y < canvas.height; y += 6) {
        brush.fillStyle = `hsl(${20 + ((x * 7 + y * 13) % 40)} 80% ${30 + ((x * 31 + y * 17) % 50)}%)`
        brush.fillRect(x, y, 6, 6)
      }
    }
    return canvas.toDataURL('image/jpeg', 0.92).split(',')[1]!
  })
  return Buffer.from(base64, 'base64')
}

export async function pick(page: Page, file: Buffer): Promise<void> {
  await page.getByTestId('picture-input').setInputFiles({ name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: file })
  await expect(page.getByRole('button', { name: /Hapus foto/ }).last()).toBeVisible()
}
