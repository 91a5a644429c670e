// The way back from a page leads to what was there, at once and at its place.

import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'

import { PASSWORD, Person, expect, test } from '../support/test.ts'

/** The server gives so many at a time. */
const PAGE = 20

const scrolled = (page: Page) => page.evaluate(() => Math.round(window.scrollY))

/** From now on nobody answers these: what is shown was there. */
const cutOff = (page: Page, calls: RegExp) => page.route(calls, (route) => route.abort())

test('from a vet back to the same place of the list, the second page included', async ({ page, server }) => {
  const { count } = (await (await page.request.get('/api/doctors?limit=1')).json()) as { count: number }
  for (let vets = count; vets < PAGE + 5; vets += 1) await server.hire(`drh. Uji ${randomUUID().slice(0, 4)}`, `${randomUUID().slice(0, 13)}@contoh.id`, PASSWORD)

  await page.goto('/dokter')
  const vets = page.getByRole('article')
  await expect(vets).toHaveCount(PAGE)
  await vets.last().scrollIntoViewIfNeeded()
  await expect(vets).not.toHaveCount(PAGE)
  const seen = await vets.count()
  const vet = vets.nth(PAGE + 1)
  await vet.scrollIntoViewIfNeeded()
  const [name, place] = [await vet.getByRole('heading').getByRole('link').innerText(), await scrolled(page)]
  expect(place).toBeGreaterThan(1_000)

  await cutOff(page, /\/api\/doctors\?/)
  await vet.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect.poll(() => scrolled(page)).toBe(0)
  await page.goBack()
  await expect(vet.getByRole('heading', { name })).toBeInViewport({ timeout: 2_000 })
  expect(await vets.count()).toBe(seen)
  expect(Math.abs((await scrolled(page)) - place)).toBeLessThan(3)
})

test('from a pet back to all of them, without asking first', async ({ browser, server }) => {
  const owner = await Person.owner(browser, server, 'Rara Anindita')
  const pets = ['Miko', 'Pus', 'Oyen', 'Belang', 'Molly', 'Kiko', 'Chiko', 'Bona', 'Luna', 'Coco', 'Mochi', 'Simba']
  for (const name of pets) expect((await owner.context.request.post('/api/pets', { data: { name, species: 'cat' }, headers: { origin: server.url } })).status()).toBe(201)
  const { page } = owner
  await page.goto('/hewan')
  await expect(page.getByRole('listitem').filter({ hasText: 'Simba' })).toBeVisible()
  const pet = page.getByRole('link', { name: 'Miko' })
  await pet.scrollIntoViewIfNeeded()
  const place = await scrolled(page)

  await cutOff(page, /\/api\/pets$/)
  await pet.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Miko' })).toBeVisible()
  await page.goBack()
  await expect(pet).toBeInViewport({ timeout: 2_000 })
  expect(Math.abs((await scrolled(page)) - place)).toBeLessThan(3)
  await owner.leave()
})
