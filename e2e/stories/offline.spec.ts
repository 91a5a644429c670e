import type { Page } from '@playwright/test'

import { Release } from '../support/release.ts'
import { expect, test } from '../support/test.ts'

test.use({ serviceWorkers: 'allow' })

/** Until the app is kept on the device. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}

test('the app opens without a signal, on a page that was never open before as well', async ({ page, context }) => {
  await page.goto('/')
  await isKept(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Ada apa dengan anabulmu hari ini?' })).toBeVisible()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.goto('/masuk')
  await expect(page.getByRole('button', { name: 'Masuk', exact: true })).toBeVisible()
  await context.setOffline(false)
  await page.goto('/dokter')
  await expect(page.getByRole('listitem').first()).toBeVisible()
})

test('an open page survives a release, is told of it, and takes it when it is asked to', async ({ page, server }) => {
  const release = await Release.before(server.url)
  try {
    await page.goto(`${release.url}/`)
    await isKept(page)
    release.comeOut()
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await expect(page.getByText('Versi baru HELLOPET! sudah siap', { exact: true })).toBeVisible()
    // A page of the release that is gone from the server, opened only now.
    await page.getByRole('link', { name: 'Masuk' }).first().click()
    await expect(page.getByLabel('Email')).toBeVisible()
    await page.getByLabel('Email').fill('rara@contoh.id')
    const anew = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Pakai sekarang' }).click()
    await anew
    await expect(page.getByLabel('Email')).toBeVisible()
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull()
  } finally {
    await release.close()
  }
})

test('the app can be put on the home screen', async ({ request }) => {
  const manifest = await (await request.get('/manifest.webmanifest')).json()
  for (const { src, type } of manifest.icons) expect((await request.get(src)).headers()['content-type']).toBe(type)
  expect((await request.get('/manifest.webmanifest')).headers()['content-type']).toBe('application/manifest+json')
})
