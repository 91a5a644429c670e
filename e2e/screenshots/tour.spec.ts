// Every place of the table on a phone and on a desktop, light and dark, and what opens over it on a phone; with an index.

import type { Page } from '@playwright/test'
import { mkdir, rm, writeFile } from 'node:fs/promises'

import { PLACES, type Place } from '../support/places.ts'
import { type Who, test } from '../support/scene.ts'
import { DESKTOP, PHONE, type Scheme, wear } from '../support/test.ts'
import { arrive, lookAround } from '../support/visit.ts'
import { webp } from '../support/webp.ts'

const docs = new URL('../../docs/', import.meta.url)
const tour = new URL('tour/', docs)
const SCHEMES: readonly Scheme[] = ['light', 'dark']

/** Which pictures the README shows, by the places of the table. */
const IN_README = ['home', 'chat', 'dashboard']

const HEADINGS: Record<Who, string> = {
  visitor: 'Visitors',
  newcomer: 'Owners who have just registered',
  owner: 'Pet owners',
  vet: 'Vets',
  applicant: 'Vets who wait to be let in',
  partner: 'Partners',
  staff: 'The staff',
}

/** One line of the index: what it is, the phone's picture, and the way to the others. */
function line(place: Place): string {
  const links = [PHONE, DESKTOP].flatMap(({ width }) => SCHEMES.map((scheme) => `[${width} ${scheme}](${place.name}-${width}-${scheme}.webp)`))
  const over = Object.keys(place.over ?? {}).map((name) => `[${name}](${place.name}-${name}-360-light.webp)`)
  return `| ${place.name} | \`${place.route}\` | <img src="${place.name}-360-light.webp" width="120" alt="${place.name}"> | ${links.join('<br>')} | ${over.join('<br>')} |`
}

function index(): string {
  const head = ['page', 'address', '', 'width and scheme', 'over it']
  const chapters = (Object.keys(HEADINGS) as Who[]).map((who) => {
    const lines = PLACES.filter((place) => place.who === who).map(line)
    return `## ${HEADINGS[who]}\n\n| ${head.join(' | ')} |\n| ${head.map(() => '---').join(' | ')} |\n${lines.join('\n')}\n`
  })
  return `# A tour of the app\n\nEvery page, from the demo. \`make screenshots\` takes the pictures and writes this list.\n\n${chapters.join('\n')}`
}

test('every page of the app', async ({ browser, scene }) => {
  await rm(tour, { recursive: true, force: true })
  await mkdir(tour, { recursive: true })
  const packer = await (await browser.newContext()).newPage()
  const keep = async (page: Page, name: string) => writeFile(new URL(`${name}.webp`, tour), await webp(page, packer))
  for (const place of PLACES) {
    await test.step(place.name, async () => {
      for (const [{ width, height }, schemes] of [[PHONE, ['dark']], [DESKTOP, SCHEMES]] as [typeof PHONE, readonly Scheme[]][]) {
        const { page } = await arrive(place, scene, 'id', { width, height })
        for (const colorScheme of schemes) {
          await wear(page, colorScheme)
          await keep(page, `${place.name}-${width}-${colorScheme}`)
        }
      }
      if (IN_README.includes(place.name)) {
        const { page } = await arrive(place, scene, 'id', PHONE)
        await page.screenshot({ path: new URL(`images/${place.name}-360.png`, docs).pathname, animations: 'disabled', caret: 'hide' })
      }
      // Last, since what is typed there is remembered.
      await lookAround(place, scene, 'id', PHONE, (page, name) => keep(page, `${name}-${PHONE.width}-light`))
    })
  }
  await writeFile(new URL('README.md', tour), index())
})
