// What somebody does about a password that is forgotten, and about a device that is not in their hands any more.

import type { Page } from '@playwright/test'

import { PASSWORD, Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

const NEW = 'kelinci-abu-abu-4'

const password = (page: Page, label = 'Kata sandi baru') => page.getByLabel(label, { exact: true })

test('a forgotten password is replaced by way of a letter, and every device is signed out', async ({ browser, server }) => {
  const rara = await Person.owner(browser, server, 'Rara')
  await rara.page.goto('/hewan')
  await expect(rara.page.getByRole('heading', { level: 1 })).toBeVisible()

  const lost = await Person.visitor(browser, server, 'Rara')
  await lost.page.goto('/masuk')
  await lost.page.getByRole('link', { name: 'Lupa kata sandi?' }).click()
  await lost.page.getByLabel('Email').fill(rara.email)
  await lost.page.getByRole('button', { name: 'Kirim tautan' }).click()
  await expect(lost.page.getByTestId('outcome')).toContainText(rara.email)
  await expectAccessible(lost.page)

  // The letter lies in the mailbox of this machine.
  await expect(async () => {
    await lost.page.goto(`/sandbox/mail?to=${rara.email}`)
    await expect(lost.page.getByRole('heading', { name: 'Buat kata sandi baru' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  const link = lost.page.getByRole('link', { name: /sandi-baru/ })
  const address = await link.getAttribute('href')
  await link.click()
  await expect(lost.page).toHaveURL(/\/sandi-baru$/)
  await password(lost.page).fill('pendek')
  await lost.page.getByRole('button', { name: 'Simpan kata sandi' }).click()
  await expect(password(lost.page)).toHaveAttribute('aria-invalid', 'true')
  await password(lost.page).fill(NEW)
  await lost.page.getByRole('button', { name: 'Simpan kata sandi' }).click()
  await expect(lost.page.getByTestId('outcome')).toBeVisible()

  // Whoever had it open is asked to sign in, without pressing anything.
  await rara.page.waitForURL('**/masuk**')
  await lost.page.getByRole('link', { name: 'Masuk', exact: true }).click()
  await lost.page.getByLabel('Email').fill(rara.email)
  await password(lost.page, 'Kata sandi').fill(NEW)
  await lost.page.getByRole('button', { name: 'Masuk', exact: true }).click()
  await lost.page.waitForURL((url) => url.pathname === '/')

  await rara.page.goto(address!)
  await password(rara.page).fill(NEW)
  await rara.page.getByRole('button', { name: 'Simpan kata sandi' }).click()
  await expect(rara.page.getByRole('alert')).toContainText('sudah dipakai')
  for (const person of [rara, lost]) await person.leave()
})

test('a phone that was lost is signed out from elsewhere, within a second', async ({ browser, server }) => {
  const phone = await Person.owner(browser, server, 'Rara')
  await phone.page.goto('/hewan')
  await expect(phone.page.getByRole('heading', { level: 1 })).toBeVisible()
  const laptop = await phone.anotherDevice(browser, server)
  await laptop.page.goto('/akun')
  await laptop.page.getByRole('link', { name: /Keamanan akun/ }).click()
  await expect(laptop.page.getByTestId('device')).toHaveCount(2)
  await expect(laptop.page.getByTestId('device').first()).toContainText('Perangkat ini')
  await expectNoOverflow(laptop.page)
  await expectAccessible(laptop.page)

  await laptop.page.getByRole('button', { name: /^Keluarkan / }).click()
  const signedOut = Date.now()
  await phone.page.waitForURL('**/masuk**')
  expect(Date.now() - signedOut).toBeLessThan(1_000)
  await expect(laptop.page.getByTestId('outcome')).toContainText('sudah dikeluarkan')
  await expect(laptop.page.getByTestId('device')).toHaveCount(1)
  for (const device of [phone, laptop]) await device.leave()
})

test('a password is changed by whoever knows the one of today', async ({ browser, server }) => {
  const rara = await Person.owner(browser, server, 'Rara')
  await rara.page.goto('/akun/keamanan')
  const change = async (current: string) => {
    await password(rara.page, 'Kata sandi saat ini').fill(current)
    await password(rara.page).fill(NEW)
    await rara.page.getByRole('button', { name: 'Ganti kata sandi' }).click()
  }
  await change('bukan-ini-sandinya')
  await expect(password(rara.page, 'Kata sandi saat ini')).toHaveAttribute('aria-invalid', 'true')
  await expect(password(rara.page)).toHaveValue(NEW)
  await change(PASSWORD)
  await expect(rara.page.getByTestId('outcome')).toContainText('sudah diganti')
  await expect(password(rara.page)).toHaveValue('')
  await rara.page.goto('/hewan')
  await expect(rara.page).toHaveURL(/\/hewan$/)
  await rara.leave()
})
