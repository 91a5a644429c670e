// A time of one's own: opened by the vet, booked, moved and called off by the owner.

import { sayWhatIsTheMatter } from '../support/intake.ts'
import { payByTransfer } from '../support/snap.ts'
import { freeTimes, openHours, pick, visitorOf } from '../support/schedule.ts'
import { PHONE, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

test('a vet opens hours, an owner books one, moves it, and calls it off', async ({ browser, server, doctor }) => {
  await doctor.page.goto('/dokter/dashboard')
  await doctor.page.getByRole('link', { name: 'Atur jadwal' }).click()
  await expectAccessible(doctor.page)
  await openHours(doctor.page)
  await expect(doctor.page.getByText('336 slot seminggu')).toBeVisible()
  await expectNoOverflow(doctor.page)
  await expectAccessible(doctor.page)

  // Price, rule and time stand there before the tap.
  const owner = await visitorOf(browser, server, doctor, 'Rara')
  await expect(owner.page.getByText('Batal gratis sampai 6 jam sebelum mulai')).toBeVisible()
  const time = await pick(owner.page, 2, 0)
  await expect(owner.page.getByTestId('chosen-time')).toContainText(`${time} WIB`)
  await expectNoOverflow(owner.page)
  await expectAccessible(owner.page)
  await owner.page.getByRole('button', { name: 'Pesan & bayar' }).click()
  await sayWhatIsTheMatter(owner.page)

  // The payment names the time that is bought, and leads to the booking instead of a chat.
  await owner.page.waitForURL('**/bayar/**')
  await expect(owner.page.getByText(`${time}–`)).toBeVisible()
  await payByTransfer(owner.page)
  await owner.page.waitForURL('**/konsultasi/*')
  await expect(owner.page.getByTestId('consultation-state')).toHaveAttribute('data-status', 'scheduled')
  await expect(owner.page.getByText('Rp50.625').first()).toBeVisible()
  await expectNoOverflow(owner.page)
  await expectAccessible(owner.page)

  await owner.page.getByRole('button', { name: 'Pindah jadwal' }).click()
  const later = await pick(owner.page.getByRole('dialog'), 3, 1)
  await owner.page.getByRole('dialog').getByRole('button', { name: /^Pindah ke/ }).click()
  await expect(owner.page.getByRole('dialog')).toBeHidden()
  await expect(owner.page.getByText(`${later}–`)).toBeVisible()

  // The vet sees the new time without reloading what was open.
  await doctor.page.goto('/konsultasi')
  await expect(doctor.page.getByRole('article').filter({ hasText: 'Rara' })).toContainText(`${later} WIB`)

  // What goes back is said before it is done.
  await owner.page.getByRole('button', { name: 'Batalkan' }).click()
  await expect(owner.page.getByTestId('refund')).toContainText('Rp50.625')
  await owner.page.getByRole('button', { name: 'Ya, batalkan' }).click()
  await expect(owner.page.getByTestId('consultation-state')).toHaveAttribute('data-status', 'cancelled')
  await expect(owner.page.getByText(/Rp50\.625 sedang dikembalikan|Rp50\.625, semuanya, sudah dikembalikan/)).toBeVisible()
  await expect(doctor.page.getByRole('heading', { name: 'Terjadwal' })).toBeHidden()
  await owner.leave()
})

test('of two who want the same time one gets it, and the other is told and stays on that day', async ({ browser, server, doctor }) => {
  await openHours(doctor.page)
  const first = await visitorOf(browser, server, doctor, 'Sinta')
  const second = await visitorOf(browser, server, doctor, 'Dimas')
  const time = await pick(second.page, 1, 4)
  expect(await pick(first.page, 1, 4)).toBe(time)

  await first.page.getByRole('button', { name: 'Pesan & bayar' }).click()
  await sayWhatIsTheMatter(first.page)
  await first.page.waitForURL('**/bayar/**')
  await second.page.getByRole('button', { name: 'Pesan & bayar' }).click()
  await sayWhatIsTheMatter(second.page)
  await expect(second.page.getByRole('alert')).toContainText('baru saja diambil orang lain')
  await expect(second.page.locator('[data-day]').nth(1).getByRole('radio')).toBeChecked()
  await expect(second.page.getByTestId('chosen-time')).toHaveText('Belum pilih jam')
  await expect(second.page.locator('fieldset label').filter({ hasText: time }).getByRole('radio')).toBeDisabled()

  // Who has begun to buy one time can put another in its place.
  await first.page.goBack()
  await first.page.getByText('Jadwalkan', { exact: true }).click()
  await first.page.locator('[data-day]').nth(1).click()
  await freeTimes(first.page).nth(8).click()
  await first.page.getByRole('button', { name: 'Pesan & bayar' }).click()
  await sayWhatIsTheMatter(first.page)
  await expect(first.page.getByRole('alert')).toContainText('belum dibayar')
  await first.page.getByRole('button', { name: 'Batalkan, pesan yang ini' }).click()
  await first.page.waitForURL('**/bayar/**')
  await first.leave()
  await second.leave()
})

test('a vet who calls off gives everything back, and the owner sees it at once', async ({ browser, server, doctor }) => {
  await openHours(doctor.page)
  const owner = await visitorOf(browser, server, doctor, 'Maya')
  await pick(owner.page, 1, 2)
  await owner.page.getByRole('button', { name: 'Pesan & bayar' }).click()
  await sayWhatIsTheMatter(owner.page)
  await payByTransfer(owner.page)
  await owner.page.waitForURL('**/konsultasi/*')

  await doctor.page.goto('/konsultasi')
  await doctor.page.getByRole('link', { name: 'Maya' }).click()
  await doctor.page.getByRole('button', { name: 'Batalkan' }).click()
  await expect(doctor.page.getByTestId('refund')).toContainText('Rp50.625')
  await expectAccessible(doctor.page)
  await doctor.page.getByRole('button', { name: 'Ya, batalkan' }).click()
  await expect(owner.page.getByTestId('consultation-state')).toHaveAttribute('data-status', 'cancelled')
  await owner.leave()
})

test('hours that were not saved are not lost without a word', async ({ doctor }) => {
  await doctor.page.goto('/dokter/jadwal')
  await doctor.page.getByRole('button', { name: 'Tambah jam di hari Senin' }).click()
  await doctor.page.getByRole('link', { name: 'Dasbor' }).first().click()
  await expect(doctor.page.getByRole('dialog')).toContainText('Perubahan belum disimpan')
  await doctor.page.getByRole('button', { name: 'Tetap di sini' }).click()
  await expect(doctor.page.getByRole('dialog')).toBeHidden()
  await expect(doctor.page.getByText('Belum disimpan', { exact: true })).toBeVisible()

  // What the server refuses is said at its field.
  await doctor.page.getByLabel('Senin, jam ke-1, selesai').fill('08:00')
  await doctor.page.getByRole('button', { name: 'Simpan' }).click()
  await expect(doctor.page.getByLabel('Senin, jam ke-1, selesai')).toHaveAttribute('aria-invalid', 'true')
  await doctor.page.getByRole('link', { name: 'Dasbor' }).first().click()
  await doctor.page.getByRole('button', { name: 'Keluar tanpa menyimpan' }).click()
  await doctor.page.waitForURL('**/dokter/dashboard')
})
