// A vet's hours, and a time from the picker.

import { type Browser, type Locator, type Page, expect } from '@playwright/test'

import type { Server } from './server.ts'
import { Person } from './test.ts'

/** Opens every hour of every day, through the page where vets do. */
export async function openHours(page: Page): Promise<void> {
  await page.goto('/dokter/jadwal')
  await page.getByRole('button', { name: 'Tambah jam di hari Senin' }).click()
  await page.getByLabel('Senin, jam ke-1, mulai').fill('00:00')
  // As an end, midnight is the coming one.
  await page.getByLabel('Senin, jam ke-1, selesai').fill('00:00')
  await page.getByRole('button', { name: 'Salin jam Senin ke hari lain' }).click()
  for (const day of ['Sabtu', 'Minggu']) await page.getByRole('dialog').getByText(day, { exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Salin', exact: true }).click()
  await page.getByRole('button', { name: 'Simpan' }).click()
  await expect(page.getByText('Belum disimpan')).toBeHidden()
}

/** Somebody with an account who is on this doctor's page. */
export async function visitorOf(browser: Browser, server: Server, doctor: Person, name: string): Promise<Person> {
  const owner = await Person.owner(browser, server, name)
  await owner.page.goto('/dokter')
  await owner.page.getByLabel('Cari nama dokter').fill(doctor.name)
  await expect(owner.page.getByText('1 dokter', { exact: true })).toBeVisible()
  await owner.page.getByRole('link', { name: doctor.name }).click()
  await owner.page.getByText('Jadwalkan', { exact: true }).click()
  return owner
}

/** The times that can be had on the day in sight. */
export function freeTimes(within: Page | Locator): Locator {
  return within.locator('fieldset label:has(input:enabled)')
}

/** Chooses a day by how far it is ahead, then one of its free times; gives the time as it is written. */
export async function pick(within: Page | Locator, daysAhead: number, index: number): Promise<string> {
  await within.locator('[data-day]').nth(daysAhead).click()
  const time = freeTimes(within).nth(index)
  await time.click()
  return time.innerText()
}
