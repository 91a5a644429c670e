import type { Page } from '@playwright/test'

import { Release } from '../support/release.ts'
import { bubble, say } from '../support/chat.ts'
import { patientOf } from '../support/purchase.ts'
import { expect, test } from '../support/test.ts'

test.use({ serviceWorkers: 'allow' })

/** Until the app is kept on the device. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}

/** What the browser keeps of this kind. */
const kept = (page: Page, store: 'conversations' | 'outbox'): Promise<string> =>
  page.evaluate(
    (name) =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('hellopet')
        opening.onsuccess = () => {
          const reading = opening.result.transaction(name).objectStore(name).getAll()
          reading.onsuccess = () => resolve(JSON.stringify(reading.result))
        }
      }),
    store,
  )

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

test('what was read is there without a signal, after a reload too, and what is written then goes by itself', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Nadia Tanpa Sinyal')
  const { page, context } = owner
  await say(page, 'Dok, Miko muntah sejak semalam.')
  await expect(bubble(page, 'Miko muntah sejak semalam')).toHaveAttribute('data-delivery', /sent|delivered/)
  await isKept(page)
  await expect.poll(() => kept(page, 'conversations')).toContain('Miko muntah sejak semalam')
  await context.setOffline(true)
  await page.reload()
  await expect(bubble(page, 'Miko muntah sejak semalam')).toBeVisible()
  await say(page, 'Sekarang mau minum sedikit.')
  await expect(bubble(page, 'mau minum sedikit')).toHaveAttribute('data-delivery', 'waiting')
  // Before it is there the words are the draft that they were.
  await expect.poll(() => kept(page, 'outbox')).toContain('mau minum sedikit')
  await page.reload()
  await expect(bubble(page, 'mau minum sedikit')).toBeVisible()
  await context.setOffline(false)
  await expect(bubble(page, 'mau minum sedikit')).toHaveAttribute('data-delivery', /sent|delivered/)
  await expect(page.getByText('mau minum sedikit')).toHaveCount(1)
  await owner.leave()
})

test('pets and consultations can be read without a signal', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Nadia Tanpa Sinyal')
  const { page, context } = owner
  const pet = await page.request.post('/api/pets', { data: { name: 'Miko', species: 'cat', allergies: 'Ayam' }, headers: { origin: server.url } })
  expect(pet.status()).toBe(201)
  await page.goto('/hewan')
  await page.getByRole('link', { name: /Miko/ }).click()
  await expect(page.getByRole('heading', { name: 'Miko', level: 1 })).toBeVisible()
  const { id } = await pet.json()
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join().replaceAll('\\', ''))).toContain(`["pets","one","${id}"]`)
  await page.goto('/konsultasi')
  await expect(page.getByText(doctor.name).first()).toBeVisible()
  await isKept(page)
  await context.setOffline(true)
  await page.goto('/hewan')
  await page.getByRole('link', { name: /Miko/ }).click()
  await expect(page.getByRole('heading', { name: 'Miko', level: 1 })).toBeVisible()
  await page.goto('/konsultasi')
  await expect(page.getByText(doctor.name).first()).toBeVisible()
  await context.setOffline(false)
  await owner.leave()
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
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull()
  } finally {
    await release.close()
  }
})

test('the app can be put on the home screen', async ({ request }) => {
  const manifest = await (await request.get('/manifest.webmanifest')).json()
  for (const { src, type } of manifest.icons) expect((await request.get(src)).headers()['content-type']).toBe(type)
  expect((await request.get('/manifest.webmanifest')).headers()['content-type']).toBe('application/manifest+json')
})
