// The way to a consultation, through the pages.

import { type Browser, type Page, expect } from '@playwright/test'

import { sayWhatIsTheMatter } from './intake.ts'
import type { Server } from './server.ts'
import { payByTransfer } from './snap.ts'
import { Person } from './test.ts'

/** Finds a doctor by name in the directory and opens the profile of one who is online. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByLabel('Cari nama dokter').fill(name)
  // The list has settled before somebody aims at a button in it.
  await expect(page.getByText('1 dokter', { exact: true })).toBeVisible()
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: /Chat sekarang/ }).click()
}

/** Somebody with an account who has paid this doctor and is in the chat. */
export async function patientOf(browser: Browser, server: Server, doctor: Person, name: string): Promise<Person> {
  const owner = await Person.owner(browser, server, name)
  await owner.page.goto('/dokter')
  await choose(owner.page, doctor.name)
  await owner.page.getByRole('button', { name: /Bayar & mulai chat/ }).click()
  await sayWhatIsTheMatter(owner.page)
  await payByTransfer(owner.page)
  await owner.page.waitForURL('**/chat/**')
  return owner
}
