import { DESKTOP, PHONE, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

const PAGES = ['/', '/dokter', '/masuk', '/daftar', '/akun', '/tidak-ada']

for (const [device, viewport] of [['a phone', PHONE], ['a desktop', DESKTOP]] as const) {
  test(`public pages are reachable for everybody and fit ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport)
    for (const path of PAGES) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expectNoOverflow(page)
      await expectAccessible(page)
    }
  })
}

test('crawlers read the directory and a doctor without a script', async ({ request, server }) => {
  const doctors = (await (await request.get('/api/roles/dokter')).json()) as { id: string; username: string }[]
  const doctor = doctors[0]!
  const directory = await (await request.get('/dokter')).text()
  for (const { username } of doctors) expect(directory).toContain(username)
  const profile = await (await request.get(`/dokter/${doctor.id}`)).text()
  expect(profile).toContain(`<title>${doctor.username}`)
  expect(profile).toContain('application/ld+json')
  expect(profile).toContain(`<link rel="canonical" href="${server.url}/dokter/${doctor.id}"`)
  const sitemap = await (await request.get('/sitemap.xml')).text()
  expect(sitemap).toContain(`/dokter/${doctor.id}`)
  expect(await (await request.get('/robots.txt')).text()).toContain('/sitemap.xml')
})

test('a doctor who is not there is a 404 with a way on', async ({ page }) => {
  const answer = await page.goto('/dokter/01940000-0000-7000-8000-000000000000')
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('Dokter ini tidak ditemukan')).toBeVisible()
  await page.getByRole('link', { name: 'Lihat dokter lain' }).click()
  await expect(page).toHaveURL(/\/dokter$/)
})

test("the language is the visitor's choice and stays", async ({ page }) => {
  await page.goto('/akun')
  await page.locator('label', { hasText: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
