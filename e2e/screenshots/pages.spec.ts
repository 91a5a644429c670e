import type { Page } from '@playwright/test'
import { fileURLToPath } from 'node:url'

import { bubble, say } from '../support/chat.ts'
import { sayWhatIsTheMatter } from '../support/intake.ts'
import { snap } from '../support/snap.ts'
import { DESKTOP, PHONE, Person, expect, test } from '../support/test.ts'

const folder = fileURLToPath(new URL('../../docs/images', import.meta.url))

/** One page at both widths, still. */
async function picture(page: Page, name: string): Promise<void> {
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport)
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: `${folder}/${name}-${viewport.width}.png`, animations: 'disabled' })
  }
}

test('every page', async ({ browser, server }) => {
  const doctor = await Person.member(browser, server, 'drh. Nadia Prameswari', 'dokter@hellopet.test')
  const owner = await Person.member(browser, server, 'Rara Anindita', 'pemilik@hellopet.test')
  const visitor = await Person.visitor(browser, server, 'Tamu')
  await doctor.page.waitForURL('**/dokter/dashboard')
  await owner.page.waitForURL((url) => url.pathname === '/')

  await expect(owner.page.getByText('drh. Nadia Prameswari').first()).toBeVisible()
  await picture(owner.page, 'home')
  await owner.page.emulateMedia({ colorScheme: 'dark' })
  await picture(owner.page, 'home-dark')
  await owner.page.emulateMedia({ colorScheme: 'light' })
  for (const [path, name] of [['/masuk', 'sign-in'], ['/daftar', 'register'], ['/tidak-ada', 'not-found']] as const) {
    await visitor.page.goto(path)
    await expect(visitor.page.getByRole('heading', { level: 1 })).toBeVisible()
    await picture(visitor.page, name)
  }

  await owner.page.goto('/dokter')
  await expect(owner.page.getByRole('listitem').filter({ hasText: 'Nadia' })).toBeVisible()
  await picture(owner.page, 'doctors')
  await owner.page.getByRole('listitem').filter({ hasText: 'Nadia' }).getByRole('link', { name: /Nadia/ }).click()
  await expect(owner.page.getByRole('heading', { name: /Nadia/ })).toBeVisible()
  await picture(owner.page, 'doctor')
  await owner.page.getByRole('button', { name: /Bayar & mulai chat/ }).click()
  await expect(owner.page.getByLabel('Ada apa?')).toBeVisible()
  await picture(owner.page, 'intake')
  await sayWhatIsTheMatter(owner.page)
  await owner.page.waitForURL('**/bayar/**')
  await snap(owner.page).getByTestId('close').click()
  await expect(owner.page.getByText('Rp50.625').first()).toBeVisible()
  await picture(owner.page, 'pay')
  await owner.page.getByRole('button', { name: /^Bayar/ }).click()
  await snap(owner.page).getByTestId('pay-method-bca').click()
  await snap(owner.page).getByTestId('va-number').waitFor()
  await picture(owner.page, 'payment-stand-in')
  await snap(owner.page).getByTestId('pay-now').click()
  await owner.page.waitForURL('**/chat/**')

  await doctor.page.goto(new URL(owner.page.url()).pathname)
  const talk: [Person, string][] = [
    [owner, 'Dok, Miko muntah tiga kali sejak semalam.'],
    [doctor, 'Halo Kak Rara. Muntahnya berisi makanan atau cairan kuning?'],
    [owner, 'Cairan kuning, terakhir jam enam tadi.'],
    [doctor, 'Masih mau minum? Coba cek gusinya: merah muda atau pucat?'],
  ]
  for (const [who, words] of talk) {
    await say(who.page, words)
    await expect(bubble(who === owner ? doctor.page : owner.page, words)).toBeVisible()
  }
  await picture(owner.page, 'chat')
  await picture(doctor.page, 'chat-vet')
  await owner.page.goto('/konsultasi')
  await expect(owner.page.getByText('drh. Nadia Prameswari').first()).toBeVisible()
  await picture(owner.page, 'consultations')
  await owner.page.goto('/akun')
  await expect(owner.page.getByText('Rara Anindita').first()).toBeVisible()
  await picture(owner.page, 'account')
  await doctor.page.goto('/dokter/dashboard')
  await expect(doctor.page.getByTestId('month-profit')).toBeVisible()
  await expect(doctor.page.locator('canvas, svg[role=img]').first()).toBeVisible()
  await picture(doctor.page, 'dashboard')
})
