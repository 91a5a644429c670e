// The product's main job, from end to end, on two phones.

import type { Page } from '@playwright/test'

import { bubble, composer, log, say } from '../support/chat.ts'
import { choose, patientOf } from '../support/purchase.ts'
import { payByTransfer, snap } from '../support/snap.ts'
import { PHONE, Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

/** This year's figures of the doctor's dashboard, from the table behind the chart. */
async function figures(page: Page): Promise<string> {
  await page.goto('/dokter/dashboard')
  await page.getByRole('button', { name: /tabel/i }).first().click()
  return (await page.getByRole('table').allInnerTexts()).join('\n')
}

test('an owner registers, chooses, pays, talks with the vet, and the vet ends it and sees it counted', async ({
  browser,
  server,
  doctor,
}) => {
  const before = await figures(doctor.page)
  const owner = await Person.visitor(browser, server, 'Rara')

  // The doctor is online, and the visitor sees so before anything is asked of them. What is the matter is typed once.
  await owner.page.goto('/')
  await owner.page.getByLabel('Keluhan', { exact: true }).fill('Miko garuk-garuk telinga')
  await owner.page.getByRole('button', { name: 'Tanya dokter' }).click()
  await choose(owner.page, doctor.name)
  await expect(owner.page.getByRole('heading', { name: doctor.name })).toBeVisible()
  await expect(owner.page.getByText('Rp50.625').first()).toBeVisible()
  await expectNoOverflow(owner.page)

  await expect(owner.page.getByText('Miko garuk-garuk telinga')).toBeVisible()

  // Paying needs an account; registering leads back to where the visitor was, and nothing is pressed or typed twice. Words about
  // health are in no address.
  const addresses: string[] = []
  owner.page.on('framenavigated', (frame) => addresses.push(frame.url()))
  await owner.page.getByRole('button', { name: /Bayar & mulai chat/ }).click()
  await owner.page.waitForURL('**/masuk**')
  await owner.page.getByRole('link', { name: 'Daftar gratis' }).click()
  await owner.register()
  await expect(owner.page.getByLabel('Ada apa?')).toHaveValue('Miko garuk-garuk telinga')
  await owner.page.getByRole('dialog').getByText('Beberapa hari', { exact: true }).click()
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Lanjut ke pembayaran' }).click()
  await owner.page.waitForURL('**/bayar/**')
  expect(addresses.filter((address) => /garuk|keluhan/i.test(address))).toEqual([])

  // The sheet opens by itself and says that it is a simulation; closing it charges nothing, and the price stands there, line by line.
  await expect(snap(owner.page).getByText(/SIMULASI PEMBAYARAN/i).first()).toBeVisible()
  await snap(owner.page).getByTestId('close').click()
  await expect(owner.page.getByText('Belum ada yang ditagih').first()).toBeVisible()
  await expect(owner.page.getByText('Rp5.625').first()).toBeVisible()
  await expectNoOverflow(owner.page)
  await expectAccessible(owner.page)

  // Somebody who looks at it again has not pressed anything.
  await owner.page.reload()
  await owner.page.getByRole('button', { name: /^Bayar/ }).click()
  await payByTransfer(owner.page)
  await owner.page.waitForURL('**/chat/**')
  // What was said before the payment is ready to be sent, and is nobody's to type again.
  await expect(composer(owner.page)).toHaveValue('Miko garuk-garuk telinga')
  const head = await owner.page.getByRole('main').locator('header').first().boundingBox()
  expect(head?.height, 'the head leaves the talk its room').toBeLessThan(100)
  const conversation = new URL(owner.page.url()).pathname

  // The doctor learns of it without reloading, and both write.
  await doctor.page.goto('/konsultasi')
  await doctor.page.getByRole('link', { name: /Rara/ }).first().click()
  await doctor.page.waitForURL(`**${conversation}`)
  await composer(owner.page).pressSequentially(' dan muntah')
  await expect(doctor.page.getByText(/sedang mengetik/i).first()).toBeVisible()
  await composer(owner.page).fill('')
  await say(owner.page, 'Dok, Miko muntah tiga kali sejak semalam.')
  await expect(bubble(doctor.page, 'Miko muntah tiga kali')).toBeVisible()
  await expect(bubble(owner.page, 'Miko muntah tiga kali')).toHaveAttribute('data-delivery', 'read')

  await say(doctor.page, 'Halo Kak, berisi makanan atau cairan kuning?')
  await expect(bubble(owner.page, 'cairan kuning')).toBeVisible()
  await expectNoOverflow(owner.page)
  await expectAccessible(owner.page)

  // Reloading in the middle loses nothing.
  await owner.page.reload()
  await expect(bubble(owner.page, 'Miko muntah tiga kali')).toHaveCount(1)
  await expect(bubble(owner.page, 'cairan kuning')).toHaveCount(1)

  // Nor does a lost connection: what was written waits, and goes out once.
  await owner.context.setOffline(true)
  await say(owner.page, 'Cairan kuning, Dok.')
  await expect(bubble(owner.page, 'Cairan kuning, Dok.')).toBeVisible()
  await owner.context.setOffline(false)
  await expect(bubble(doctor.page, 'Cairan kuning, Dok.')).toHaveCount(1)
  await expect(bubble(owner.page, 'Cairan kuning, Dok.')).toHaveAttribute('data-delivery', /sent|delivered|read/)

  // The doctor ends the consultation; the owner sees it at once and can read it again.
  await doctor.page.getByRole('button', { name: /Menu|Lainnya|Opsi/ }).first().click()
  await doctor.page.getByRole('menuitem', { name: 'Akhiri konsultasi' }).click()
  await doctor.page.getByRole('button', { name: 'Ya, akhiri' }).click()
  await expect(composer(owner.page)).toHaveCount(0)
  await owner.page.goto('/konsultasi')
  await owner.page.getByRole('link', { name: new RegExp(doctor.name) }).first().click()
  await expect(log(owner.page).getByText('Cairan kuning, Dok.')).toBeVisible()
  await expect(composer(owner.page)).toHaveCount(0)

  // The chart has changed.
  expect(await figures(doctor.page)).not.toBe(before)
  await expectNoOverflow(doctor.page)
  await expectAccessible(doctor.page)
  await owner.leave()
})

test('what a phone wrote while the server was down arrives once when it is back', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Sinta')
  await doctor.page.goto(new URL(owner.page.url()).pathname)
  await say(owner.page, 'Sebelum mati')
  await expect(bubble(doctor.page, 'Sebelum mati')).toBeVisible()

  await server.kill()
  await say(owner.page, 'Saat server mati')
  await expect(bubble(owner.page, 'Saat server mati')).toBeVisible()
  await server.serve()
  await expect(bubble(doctor.page, 'Saat server mati')).toHaveCount(1, { timeout: 45_000 })
  await expect(bubble(owner.page, 'Saat server mati')).toHaveCount(1)
  await expect(bubble(owner.page, 'Sebelum mati')).toHaveCount(1)
  await owner.leave()
})
