// Devices as they are: clocks that are hours off, text as large as eyes need it, and what people write without a space.

import type { Page } from '@playwright/test'

import { log } from '../support/chat.ts'
import { sayWhatIsTheMatter } from '../support/intake.ts'
import { choose, patientOf } from '../support/purchase.ts'
import { PHONE, Person, expect, expectNoOverflow, test } from '../support/test.ts'

const HOUR_MS = 3_600_000

test.use({ viewport: PHONE })

for (const hours of [2, -2]) {
  test(`a device ${hours} hours off pays until the server’s deadline`, async ({ browser, server, doctor }) => {
    const owner = await Person.owner(browser, server, 'Rara')
    await owner.page.addInitScript((ahead) => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + ahead
    }, hours * HOUR_MS)
    await owner.page.goto('/dokter')
    await choose(owner.page, doctor.name)
    await sayWhatIsTheMatter(owner.page)
    await owner.page.waitForURL('**/bayar/**')
    await expect(owner.page.getByRole('button', { name: /^Bayar/ })).toBeVisible()
    const id = new URL(owner.page.url()).pathname.split('/').at(-1)
    const { expiresAt } = await (await owner.page.request.get(`/api/payment/${id}`)).json()
    const [minutes = 0, seconds = 0] = (await owner.page.getByTestId('time-left').innerText()).split('.').slice(-2).map(Number)
    const left = ((Date.parse(expiresAt) - Date.now()) / 1000) % 3600
    const off = Math.abs(minutes * 60 + seconds - left)
    // A whole hour is shown as 1.00.00.
    expect(Math.min(off, 3600 - off)).toBeLessThan(4)
    await owner.leave()
  })
}

/** As if every name, note and link that the page gets were as long as it may be. */
async function stretch(page: Page): Promise<void> {
  const long: Record<string, string> = { username: 'n'.repeat(80), name: 'n'.repeat(80), allergies: 'a'.repeat(300), message: `https://contoh.id/${'x'.repeat(380)}`, complaint: 'x'.repeat(400), specialization: 'n'.repeat(80) }
  const stretched = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((one) => stretched(one, key))
    if (typeof value === 'string') return long[key] ?? value
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, stretched(one, name)]))
  }
  await page.route('**/api/**', async (route) => {
    const response = await route.fetch()
    const isJson = response.headers()['content-type']?.includes('json')
    await route.fulfill(isJson ? { response, json: stretched(await response.json()) } : { response })
  })
}

test('long words and large text stay within their page, and leave the talk its room', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Rara')
  const chat = new URL(owner.page.url()).pathname
  for (const size of ['100%', '150%', '200%']) {
    await owner.page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size)
    expect((await log(owner.page).boundingBox())?.height).toBeGreaterThanOrEqual(120)
    await expect(owner.page.getByRole('textbox', { name: 'Tulis pesan' })).toBeInViewport({ ratio: 1 })
    await expectNoOverflow(owner.page)
  }
  await stretch(owner.page)
  await stretch(doctor.page)
  for (const path of ['/', '/dokter', '/konsultasi', chat, '/hewan', '/akun']) {
    await owner.page.goto(path)
    await expect(owner.page.locator('main')).not.toBeEmpty()
    await expectNoOverflow(owner.page)
  }
  for (const path of ['/dokter/dashboard', '/konsultasi', chat, '/dokter/ulasan']) {
    await doctor.page.goto(path)
    await expect(doctor.page.locator('main')).not.toBeEmpty()
    await expectNoOverflow(doctor.page)
  }
  await owner.page.unrouteAll({ behavior: 'ignoreErrors' })
  await doctor.page.unrouteAll({ behavior: 'ignoreErrors' })
  await owner.leave()
})
