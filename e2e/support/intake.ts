// What is asked before a payment.

import type { Page } from '@playwright/test'

/** Says what is the matter, in words that alarm nobody, and goes on to the payment. */
export async function sayWhatIsTheMatter(page: Page, complaint = 'Garuk-garuk telinga sejak kemarin'): Promise<void> {
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Ada apa?').fill(complaint)
  await sheet.getByText('Beberapa hari', { exact: true }).click()
  await sheet.getByRole('button', { name: 'Lanjut ke pembayaran' }).click()
}
