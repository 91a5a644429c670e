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

test('without JavaScript a visitor reads the pages and finds a vet', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE, baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Ada apa dengan anabulmu hari ini?' })).toBeVisible()
  await page.getByRole('link', { name: 'Semua dokter' }).click()
  await expect(page.getByRole('heading', { name: 'Dokter hewan di HELLOPET!' })).toBeVisible()
  await expectNoOverflow(page)
  const first = page.getByRole('listitem').first()
  await expect(first).toContainText(/Rp\d+\.\d{3} sekali konsultasi/)
  const name = await first.getByRole('link').innerText()
  await first.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await context.close()
})

test('crawlers are told what a page is and where the others are', async ({ request, server }) => {
  const [doctor] = (await (await request.get('/api/roles/dokter')).json()) as { id: string; username: string }[]
  const profile = await (await request.get(`/dokter/${doctor!.id}`)).text()
  expect(profile).toContain(`<title>${doctor!.username}`)
  expect(profile).toContain('application/ld+json')
  expect(profile).toContain(`<link rel="canonical" href="${server.url}/dokter/${doctor!.id}"`)
  const sitemap = await (await request.get('/sitemap.xml')).text()
  expect(sitemap).toContain(`/dokter/${doctor!.id}`)
  expect(await (await request.get('/robots.txt')).text()).toContain('/sitemap.xml')
  const picture = await request.get('/og.png')
  expect(picture.headers()['content-type']).toBe('image/png')
})

test('the pages of a visitor cause no complaint, at the first visit and later', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(`${page.url()}: ${message.text()}`))
  for (const path of ['/', '/dokter', '/masuk', '/akun', '/']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
  }
  expect(complaints).toEqual([])
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
  // What the server writes before the app has started as well.
  const answer = await page.request.get('/dokter')
  expect(await answer.text()).toContain('Vets on HELLOPET!')
})

test('a link in English is read in English, and changes nothing for later', async ({ page }) => {
  await page.goto('/dokter?lang=en')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vets')
  await page.goto('/dokter')
  await expect(page.locator('html')).toHaveAttribute('lang', 'id')
})
