// Nobody clicks here: from a vet's page through the payment to the end of the consultation, by keyboard alone.

import { bubble, composer } from '../support/chat.ts'
import { Keyboard } from '../support/keyboard.ts'
import { snap } from '../support/snap.ts'
import { Person, expect, test } from '../support/test.ts'

test('an owner chooses, tells, pays and writes, and the vet answers and sums up, without a mouse', async ({ browser, server, doctor }) => {
  test.slow()
  const owner = await Person.owner(browser, server, 'Rara')
  const { page } = owner
  const keys = new Keyboard(page)

  await test.step('the first stop leads past the navigation', async () => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Langsung ke isi' })
    await keys.press(skip)
    await expect(page.getByRole('main')).toBeFocused()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  })

  await test.step('the owner finds the vet', async () => {
    await page.goto('/dokter')
    await keys.type(page.getByLabel('Cari nama dokter'), doctor.name)
    await expect(page.getByText('1 dokter', { exact: true })).toBeVisible()
    await keys.press(page.getByRole('listitem').filter({ hasText: doctor.name }).getByRole('link', { name: /Chat sekarang/ }))
  })

  await test.step('a sheet takes the focus, gives it back, and is filled in', async () => {
    const buy = page.getByRole('button', { name: /Bayar & mulai chat/ })
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByLabel('Ada apa?')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await keys.press(buy)
    await expect(sheet).toBeVisible()
    await expect(sheet.locator(':focus')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await expect(buy).toBeFocused()
    await page.keyboard.press('Enter')
    await keys.type(sheet.getByLabel('Ada apa?'), 'Garuk-garuk telinga')
    const since = sheet.getByRole('radio', { name: 'Beberapa jam' })
    await keys.reach(since)
    await page.keyboard.press('Space')
    await keys.reach(sheet.getByRole('radio', { name: 'Beberapa hari' }), { by: 'ArrowDown' })
    await expect(sheet.getByRole('radio', { name: 'Beberapa hari' })).toBeChecked()
    await keys.press(sheet.getByRole('button', { name: 'Lanjut ke pembayaran' }))
    await page.waitForURL('**/bayar/**')
  })

  await test.step('the owner pays', async () => {
    await keys.press(snap(page).getByTestId('pay-method-bca'))
    await snap(page).getByTestId('va-number').waitFor()
    await keys.press(snap(page).getByTestId('pay-now'))
    await page.waitForURL('**/chat/**')
  })

  await test.step('the owner writes', async () => {
    // What was said before paying stands there, ready to be sent.
    await expect(composer(page)).toHaveValue('Garuk-garuk telinga')
    await keys.press(composer(page))
    await expect(bubble(page, 'Garuk-garuk telinga')).toBeVisible()
    await keys.type(composer(page), 'Telinganya merah, Dok.')
    await page.keyboard.press('Enter')
    await expect(bubble(page, 'Telinganya merah')).toBeVisible()
    await expect(composer(page)).toBeFocused()
  })

  const vet = doctor.page
  const hands = new Keyboard(vet)
  await test.step('the vet answers', async () => {
    await vet.goto('/konsultasi')
    await hands.press(vet.getByRole('link', { name: 'Rara' }).first())
    await vet.waitForURL('**/chat/**')
    await hands.type(composer(vet), 'Sudah berapa hari, Kak?')
    await vet.keyboard.press('Enter')
    await expect(bubble(page, 'Sudah berapa hari')).toBeVisible()
  })

  await test.step('a menu and a dialog give the focus back', async () => {
    const menu = vet.getByRole('button', { name: 'Menu chat' })
    await hands.press(menu, 'Enter', { by: 'Shift+Tab' })
    await hands.press(vet.getByRole('menuitem', { name: 'Akhiri konsultasi' }), 'Enter', { by: 'ArrowDown' })
    const asked = vet.getByRole('dialog')
    await expect(asked.locator(':focus')).toHaveCount(1)
    await vet.keyboard.press('Escape')
    await expect(asked).toBeHidden()
    await expect(menu).toBeFocused()
    await vet.keyboard.press('Enter')
    await hands.press(vet.getByRole('menuitem', { name: 'Tulis ringkasan' }), 'Enter', { by: 'ArrowDown' })
    await vet.waitForURL('**/catatan')
  })

  await test.step('the vet sums up', async () => {
    const sections = { Keluhan: 'Garuk-garuk telinga.', Temuan: 'Telinga merah.', 'Yang perlu dilakukan': 'Bersihkan sekali sehari.', 'Langkah berikutnya': 'Kirim foto tiga hari lagi.' }
    for (const [label, words] of Object.entries(sections)) await hands.type(vet.getByLabel(label), words)
    await hands.press(vet.getByRole('button', { name: 'Selesaikan' }))
    await hands.press(vet.getByRole('dialog').getByRole('button', { name: 'Ya, selesaikan' }))
    await expect(vet.getByText('Ringkasan ini sudah sampai ke pemilik.').first()).toBeVisible()
  })
  await owner.leave()
})
