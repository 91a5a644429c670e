// Going to a place of the table, and seeing what opens over it.

import type { Page } from '@playwright/test'

import { Looker, type Place } from './places.ts'
import { type Scene, expect } from './scene.ts'
import type { Language } from './texts.ts'

/** Until the page shows what it is about, and has come to rest. */
async function settled(page: Page): Promise<void> {
  // By its name and not by its role, which it has not while something lies over it.
  await expect(page.locator('h1').first()).toBeVisible()
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.images].filter(({ loading }) => loading !== 'lazy').map((image) => image.decode().catch(() => undefined)))
  })
}

/** Opens a place in a language, which is nobody's choice for later. */
export async function arrive(place: Place, scene: Scene, language: Language, size: { width: number; height: number }): Promise<Looker> {
  const { page } = scene.people[place.who]
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', forcedColors: 'none' })
  await place.before?.(page)
  const [path, ...hash] = place.path(scene).split(/(?=#)/)
  await page.goto(`${path}?lang=${language}${hash.join('')}`)
  await settled(page)
  expect(new URL(page.url()).pathname, 'nobody was sent elsewhere').toBe(path)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  return new Looker(page, language)
}

/** The place as it is, then with each of what opens over it; what is looked at has a name. */
export async function lookAround(place: Place, scene: Scene, language: Language, size: { width: number; height: number }, see: (page: Page, name: string) => Promise<void>): Promise<void> {
  let look = await arrive(place, scene, language, size)
  await see(look.page, place.name)
  let isAsItWas = true
  for (const [name, open] of Object.entries(place.over ?? {})) {
    if (!isAsItWas) look = await arrive(place, scene, language, size)
    await open(look)
    await settled(look.page)
    await see(look.page, `${place.name}-${name}`)
    // What lies over the page goes and leaves it as it was; what unfolded in it stays.
    const over = look.page.locator('[role=dialog], [role=menu]')
    isAsItWas = (await over.count()) > 0
    if (!isAsItWas) continue
    await look.page.keyboard.press('Escape')
    await expect(over).toHaveCount(0)
  }
}
