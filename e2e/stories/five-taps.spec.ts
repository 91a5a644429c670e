// From opening the site to the first message sent: how often somebody has to tap.

import type { Page } from '@playwright/test'

import { bubble, composer } from '../support/chat.ts'
import { ownsPet } from '../support/purchase.ts'
import { snap } from '../support/snap.ts'
import { PHONE, Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE, hasTouch: true })

/** Counts what a finger does on our pages. The gateway's own window is a frame, whose taps are its own. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    if (window !== window.top) return
    const count = (event: Event) => event.isTrusted && sessionStorage.setItem('taps', String(Number(sessionStorage.getItem('taps')) + 1))
    window.addEventListener('pointerdown', count, { capture: true })
  })
  return () => page.evaluate(() => Number(sessionStorage.getItem('taps')))
}

test('an owner with an account needs five taps and one form from the home page to the first message', async ({ browser, server, doctor }) => {
  const owner = await Person.owner(browser, server, 'Rara')
  await ownsPet(owner, server, { name: 'Miko', species: 'cat' })
  const { page } = owner
  const taps = await countTaps(page)
  const asked: string[] = []
  page.on('framenavigated', (frame) => frame === page.mainFrame() && asked.push(new URL(frame.url()).pathname))

  await page.goto('/')
  await page.getByRole('button', { name: 'Tanya dokter' }).click()
  const card = page.getByRole('listitem').filter({ hasText: doctor.name })
  await card.getByRole('link', { name: /Chat sekarang/ }).click()

  // The one form: its first field has the focus. What it costs, and when the money comes back, stands there before it is sent.
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByLabel('Ada apa?')).toBeFocused()
  await page.keyboard.type('Miko garuk-garuk telinga')
  await sheet.getByText('Beberapa jam', { exact: true }).click()
  await expect(sheet.getByText('Rp50.625')).toBeAttached()
  await expect(sheet.getByText('atau uangmu kembali penuh')).toBeAttached()
  await sheet.getByRole('button', { name: 'Lanjut ke pembayaran' }).click()

  // The page with the price is there, and the gateway's window opens over it. Nothing has moved yet.
  await page.waitForURL('**/bayar/**')
  await expect(snap(page).getByTestId('pay-method-bca')).toBeVisible()
  await expect(page.getByText('Rp5.625').first()).toBeVisible()
  await snap(page).getByTestId('pay-method-bca').click()
  await snap(page).getByTestId('pay-now').click()

  await page.waitForURL('**/chat/**')
  await expect(composer(page)).toHaveValue('Miko garuk-garuk telinga')
  await page.getByRole('button', { name: 'Kirim pesan' }).click()
  await expect(bubble(page, 'Miko garuk-garuk telinga')).toHaveAttribute('data-delivery', /sent|delivered|read/)
  expect(await taps()).toBe(5)
  expect(asked.filter((path) => /masuk|daftar/.test(path))).toEqual([])

  // What was sent is not offered once more.
  await page.reload()
  await expect(bubble(page, 'Miko garuk-garuk telinga')).toHaveCount(1)
  await expect(composer(page)).toHaveValue('')
  await owner.leave()
})

test('an owner of two pets says in the same form which one it is about', async ({ browser, server, doctor }) => {
  const owner = await Person.owner(browser, server, 'Rara')
  await ownsPet(owner, server, { name: 'Miko', species: 'cat' })
  await ownsPet(owner, server, { name: 'Coco', species: 'dog' })
  await owner.page.goto('/dokter')
  await owner.page.getByRole('listitem').filter({ hasText: doctor.name }).getByRole('link', { name: /Chat sekarang/ }).click()
  const sheet = owner.page.getByRole('dialog')
  await sheet.getByText('Coco', { exact: true }).click()
  await expect(sheet.getByRole('heading', { name: 'Ceritakan dulu' }), 'the sheet stays where it is').toBeInViewport()
  await sheet.getByLabel('Ada apa?').fill('Pincang')
  await sheet.getByText('Hari ini', { exact: true }).click()
  await expectNoOverflow(owner.page)
  await expectAccessible(owner.page)
  await sheet.getByRole('button', { name: 'Lanjut ke pembayaran' }).click()
  await snap(owner.page).getByTestId('pay-method-bca').click()
  await snap(owner.page).getByTestId('pay-now').click()
  await owner.page.waitForURL('**/chat/**')
  await expect(owner.page.getByTestId('counterpart-state')).toContainText('Coco')
  await owner.leave()
})
