// The payment page, as the customer sees it: a frame over ours.

import type { FrameLocator, Page } from '@playwright/test'

export function snap(page: Page): FrameLocator {
  return page.frameLocator('iframe[src*="/sandbox/midtrans/snap/"]')
}

/** In the payment page, which opens by itself for whoever has just bought: chooses a virtual account and lets the bank receive the money. */
export async function payByTransfer(page: Page): Promise<void> {
  const sheet = snap(page)
  await sheet.getByTestId('pay-method-bca').click()
  await sheet.getByTestId('va-number').waitFor()
  await sheet.getByTestId('pay-now').click()
}
