// Every page for everybody: both languages, both colour schemes, text twice as large, a screen that is zoomed, and the reader's own
// colours; with what opens over it. A route gets here by a row in support/places.ts.

import type { Page } from '@playwright/test'

import { barriers, misfits, withoutEdge } from '../support/barriers.ts'
import { PLACES, routesOfTheApp } from '../support/places.ts'
import { type Who, expect, test } from '../support/scene.ts'
import { LANGUAGES, type Language } from '../support/texts.ts'
import { PHONE, type Scheme, wear } from '../support/test.ts'
import { lookAround } from '../support/visit.ts'

/** Each page in both languages and in both schemes; in every combination where somebody wants to know it all. */
const SCHEMES: Record<Language, readonly Scheme[]> = process.env.EVERYONE === 'all' ? { id: ['light', 'dark'], en: ['light', 'dark'] } : { id: ['light'], en: ['dark'] }

/** 1280 × 1024 px at 400 %. */
const ZOOMED = { width: 320, height: 256 }

/** Until what was changed has been laid out and painted; behind another window nothing is, and axe opens one at each look. */
async function painted(page: Page): Promise<void> {
  await page.bringToFront()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/**
 * What depends on a container's size in rem is asked for again only when the container changes after the text has: in a frame of its own,
 * since what changes in one frame changes at once.
 */
async function resize(page: Page, size: typeof PHONE): Promise<void> {
  await painted(page)
  await page.setViewportSize({ ...size, width: size.width + 1 })
  await painted(page)
  await page.setViewportSize(size)
  await painted(page)
}

/** What a look at the page finds, in words that say where. */
async function look(page: Page, name: string, schemes: readonly Scheme[]): Promise<string[]> {
  const found: string[] = []
  const note = (circumstances: string, complaints: string[]) => found.push(...complaints.map((complaint) => `${name}, ${circumstances}: ${complaint}`))
  for (const colorScheme of schemes) {
    await wear(page, colorScheme)
    note(colorScheme, await barriers(page))
  }
  note('as it is', await misfits(page))
  await page.emulateMedia({ forcedColors: 'active' })
  note('with colours of the reader', await withoutEdge(page))
  await page.emulateMedia({ forcedColors: 'none' })
  const larger = await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
  await resize(page, PHONE)
  note('with text twice as large', await misfits(page))
  await larger.evaluate((element) => element.parentNode?.removeChild(element))
  await resize(page, ZOOMED)
  note('at 400 %', await misfits(page))
  await page.setViewportSize(PHONE)
  return found
}

// They know nothing of each other, and this is the longest file.
test.describe.configure({ mode: 'parallel' })

test('every route of the app has a place in the table, and no place leads to another route', () => {
  expect([...new Set(PLACES.map(({ route }) => route))].sort()).toEqual([...new Set(routesOfTheApp())].sort())
})

// What is found is said in words, and a trace of so many pages takes as long as looking at them.
test.use({ trace: 'off' })

const everybody: Who[] = ['visitor', 'newcomer', 'owner', 'vet', 'applicant', 'partner', 'staff']

for (const who of everybody) {
  for (const language of LANGUAGES) {
    test(`nothing stands in the way of the ${who}, in ${language} and ${SCHEMES[language].join(' and ')}`, async ({ scene }) => {
      test.slow()
      const found: string[] = []
      for (const place of PLACES.filter((each) => each.who === who)) {
        await test.step(place.name, () => lookAround(place, scene, language, PHONE, async (page, name) => void found.push(...(await look(page, name, SCHEMES[language])))))
      }
      expect(found).toEqual([])
    })
  }
}
