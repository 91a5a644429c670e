// The way to a consultation, through the pages.

import { type Browser, type Page, expect } from '@playwright/test'

import { composer } from './chat.ts'
import { COMPLAINT, sayWhatIsTheMatter } from './intake.ts'
import type { Server } from './server.ts'
import { payByTransfer } from './snap.ts'
import { Person } from './test.ts'

/** Finds a doctor by name in the directory and takes one who is online: with an account what is the matter is asked at once. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByLabel('Cari nama dokter').fill(name)
  // The list has settled before somebody aims at a button in it.
  await expect(page.getByText('1 dokter', { exact: true })).toBeVisible()
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: /Chat sekarang/ }).click()
}

/** An animal of theirs, as the form for it would make it. */
export async function ownsPet(owner: Person, server: Server, pet: { name: string; species: 'cat' | 'dog' }): Promise<void> {
  const answer = await owner.context.request.post('/api/pets', { data: pet, headers: { origin: server.url } })
  expect(answer.ok(), `/api/pets answers ${answer.status()}`).toBe(true)
}

/** Somebody with an account who has paid this doctor and is in the chat; about a pet, where one is named. */
export async function patientOf(browser: Browser, server: Server, doctor: Person, name: string, pet?: { name: string; species: 'cat' | 'dog' }): Promise<Person> {
  const owner = await Person.owner(browser, server, name)
  if (pet) await ownsPet(owner, server, pet)
  await owner.page.goto('/dokter')
  await choose(owner.page, doctor.name)
  await sayWhatIsTheMatter(owner.page)
  await payByTransfer(owner.page)
  await owner.page.waitForURL('**/chat/**')
  // It comes a moment after the field, and would be put before what a quick hand writes in the very same moment.
  await expect(composer(owner.page)).toHaveValue(COMPLAINT)
  return owner
}
