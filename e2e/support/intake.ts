// What is asked before a payment.

import type { Page } from '@playwright/test'

/** Nothing that anybody is alarmed by. */
export const COMPLAINT = 'Garuk-garuk telinga sejak kemarin'

/** Says what is the matter and goes on to the payment. */
export async function sayWhatIsTheMatter(page: Page, complaint = COMPLAINT): Promise<void> {
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Ada apa?').fill(complaint)
  await sheet.getByText('Beberapa hari', { exact: true }).click()
  await sheet.getByRole('button', { name: 'Lanjut ke pembayaran' }).click()
}
