// What cannot go back by itself, and the person who sees to it.

import { patientOf } from '../support/purchase.ts'
import { DESKTOP, PHONE, Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

test('money that the gateway cannot send back is transferred by hand, once, and leaves the list', async ({ browser, server, doctor }) => {
  // A purchase, two windows of the staff and a look for barriers at three pages: long on two busy cores.
  test.slow()
  // A bank transfer, which knows no refund; who gives up before the vet has written gets everything back.
  const owner = await patientOf(browser, server, doctor, 'Mirah Kusuma')
  await owner.page.getByRole('button', { name: /Menu|Lainnya|Opsi/ }).first().click()
  await owner.page.getByRole('menuitem', { name: 'Akhiri konsultasi' }).click()
  await owner.page.getByRole('button', { name: 'Ya, akhiri' }).click()
  await expect(owner.page.getByRole('dialog')).toBeHidden()

  const staff = await Person.member(browser, server, 'Operator HELLOPET!', 'admin@hellopet.test')
  await staff.page.waitForURL((url) => url.pathname === '/admin')
  await expect(staff.page.getByRole('link', { name: 'Dana kembali' })).toContainText('menunggu')
  await expectNoOverflow(staff.page)
  await expectAccessible(staff.page)
  await staff.page.getByRole('link', { name: 'Dana kembali' }).click()
  await staff.page.waitForURL('**/admin/dana-kembali')

  // The gateway is told in the background, so the list may be a moment behind.
  const refund = staff.page.getByRole('article', { name: owner.name })
  await expect(async () => {
    await staff.page.reload()
    await expect(refund).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 30_000 })
  await expect(refund).toContainText('Rp50.625')
  await expect(refund).toContainText('Perlu ditransfer')
  await expect(refund.getByRole('link', { name: owner.email })).toBeVisible()
  for (const viewport of [PHONE, DESKTOP]) {
    await staff.page.setViewportSize(viewport)
    await expectNoOverflow(staff.page)
  }
  await expectAccessible(staff.page)

  // Another window of the staff has the same list open.
  const other = await staff.anotherPage()
  await other.goto('/admin/dana-kembali')
  const sameRefund = other.getByRole('article', { name: owner.name })
  await expect(sameRefund).toBeVisible()

  // By keyboard: it says to whom and how much, wants to know how, and goes back to what became of it.
  await refund.getByRole('button', { name: /sudah ditransfer$/ }).press('Enter')
  const dialog = staff.page.getByRole('dialog', { name: `Rp50.625 sudah ditransfer ke ${owner.name}?` })
  await dialog.getByLabel('Lewat apa, dan nomor buktinya').press('Enter')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expectAccessible(staff.page)
  await dialog.getByLabel('Lewat apa, dan nomor buktinya').fill('BCA 20261129 0042')
  await dialog.getByLabel('Lewat apa, dan nomor buktinya').press('Enter')
  await expect(staff.page.getByTestId('outcome')).toHaveText(`Rp50.625 untuk ${owner.name} tercatat sudah ditransfer.`)
  await expect(staff.page.getByTestId('outcome')).toBeFocused()
  await expect(refund).toBeHidden()

  // Who was slower hears so, and has the newest list.
  await sameRefund.getByRole('button', { name: /lewat gateway$/ }).click()
  await other.getByRole('button', { name: 'Ya, coba lagi' }).click()
  await expect(other.getByTestId('outcome')).toContainText('baru saja ditangani orang lain')
  await expect(sameRefund).toBeHidden()

  await staff.page.getByText('Selesai', { exact: true }).first().click()
  await expect(refund).toContainText('BCA 20261129 0042')
  await staff.leave()
  await owner.leave()
})

test('the lists of the staff are for the staff', async ({ doctor }) => {
  for (const path of ['/admin', '/admin/dana-kembali', '/admin/laporan-gateway', '/admin/pekerjaan']) {
    await doctor.page.goto(path)
    await doctor.page.waitForURL('**/dokter/dashboard')
  }
})
