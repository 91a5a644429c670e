// Somebody without a mouse: Tab until it is reached, and the focus is seen at every stop.

import { type Frame, type Locator, type Page, expect } from '@playwright/test'

/** More stops than any page has on the way to something. */
const MOST_STOPS = 80

/** Whether whoever looks at the page sees where the focus is. */
function isSeen(): boolean {
  const focused = document.activeElement
  // A page that was just opened has it at its top, and a frame shows its own.
  if (!focused || focused === document.body || focused.matches('iframe, main')) return true
  const marked = (style: CSSStyleDeclaration) => (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none'
  const around = focused.closest('label')
  const box = (around ?? focused).getBoundingClientRect()
  const isOnScreen = box.bottom > 0 && box.top < window.innerHeight && box.width > 0
  return isOnScreen && focused.matches(':focus-visible') && [getComputedStyle(focused), getComputedStyle(focused, '::after'), ...(around ? [getComputedStyle(around)] : [])].some(marked)
}

export class Keyboard {
  constructor(readonly page: Page) {}

  /** Goes on, or back, until this has the focus. */
  async reach(target: Locator, { by = 'Tab' }: { by?: 'Tab' | 'Shift+Tab' | 'ArrowDown' } = {}): Promise<void> {
    await target.waitFor({ state: 'attached' })
    const has = () => target.evaluate((element) => element === element.ownerDocument.activeElement)
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await has()) return this.seen(target)
      await this.page.keyboard.press(by)
    }
    throw new Error(`${target} is not reached by ${by}`)
  }

  /** Goes there and presses. */
  async press(target: Locator, key: 'Enter' | 'Space' = 'Enter', way?: { by?: 'Tab' | 'Shift+Tab' | 'ArrowDown' }): Promise<void> {
    await this.reach(target, way)
    await this.page.keyboard.press(key)
  }

  async type(target: Locator, words: string): Promise<void> {
    await this.reach(target)
    await this.page.keyboard.type(words)
    await expect(target).toHaveValue(words)
  }

  private async seen(target: Locator): Promise<void> {
    const frame: Frame = await target.elementHandle().then(async (handle) => (await handle?.ownerFrame()) ?? this.page.mainFrame())
    if (frame !== this.page.mainFrame()) return // the gateway's
    expect(await frame.evaluate(isSeen), `the focus is seen on ${target}`).toBe(true)
  }
}
