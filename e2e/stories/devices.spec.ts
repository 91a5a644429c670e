// Two people with two devices each: everything is the same on all of them, whatever happens on the way.

import type { Page } from '@playwright/test'

import { bubble, composer, delivery, log, photo, pick, say, words } from '../support/chat.ts'
import { patientOf } from '../support/purchase.ts'
import { DESKTOP, PHONE, Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

/** How many unread messages a list shows, or none. */
const unread = (page: Page) => page.getByTestId('unread').first()

/** Sending fails until the returned function is called; everything else works. */
async function holdUp(page: Page): Promise<() => Promise<void>> {
  const address = /\/api\/conversations\/[^/]+\/messages$/
  await page.context().route(address, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  return () => page.context().unroute(address)
}

test('messages, ticks and unread counts are the same on all devices', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Rara')
  const chat = new URL(owner.page.url()).pathname
  const laptop = await owner.anotherDevice(browser, server, DESKTOP)
  const clinic = await doctor.anotherDevice(browser, server, DESKTOP)
  await laptop.page.goto(chat)
  await doctor.page.goto('/konsultasi')
  await clinic.page.goto('/konsultasi')

  // Nobody looks at the chat on the doctor's side: both devices count the same, in the list, the navigation and the title.
  for (const text of ['Dok, Miko muntah', 'Tiga kali sejak semalam', 'Cairan kuning']) await say(owner.page, text)
  for (const { page } of [doctor, clinic]) {
    await expect(unread(page)).toHaveText(/3/)
    await expect(page).toHaveTitle(/^\(3\)/)
    await expect(page.getByRole('link', { name: /3 pesan belum dibaca/ }).first()).toBeVisible()
  }
  for (const { page } of [owner, laptop]) await expect(delivery(page, 'Cairan kuning')).toHaveAttribute('data-delivery', 'delivered')

  // One device reads: the other agrees within a second, and both of the owner's see it.
  await doctor.page.goto(chat)
  await expect(bubble(doctor.page, 'Cairan kuning')).toBeVisible()
  await expect(doctor.page).not.toHaveTitle(/^\(/)
  await expect(clinic.page).not.toHaveTitle(/^\(/, { timeout: 1000 })
  await expect(unread(clinic.page)).toHaveCount(0)
  for (const { page } of [owner, laptop]) await expect(delivery(page, 'Cairan kuning')).toHaveAttribute('data-delivery', 'read')

  // What one device writes, its sibling shows as its own.
  await clinic.page.goto(chat)
  await say(clinic.page, 'Halo Kak, masih mau minum?')
  await say(laptop.page, 'Sedikit, Dok')
  const all = ['Dok, Miko muntah', 'Tiga kali sejak semalam', 'Cairan kuning', 'Halo Kak, masih mau minum?', 'Sedikit, Dok']
  for (const { page } of [owner, laptop, doctor, clinic]) await expect.poll(() => words(page)).toEqual(all)
  await expect(delivery(doctor.page, 'masih mau minum?')).toHaveAttribute('data-delivery', 'read')

  for (const person of [owner, laptop, clinic]) await person.leave()
})

test('a phone that loses its signal while somebody writes loses nothing else', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Sinta')
  const chat = new URL(owner.page.url()).pathname
  const laptop = await owner.anotherDevice(browser, server, DESKTOP)
  await laptop.page.goto(chat)
  await doctor.page.goto(chat)
  await say(owner.page, 'Sebelum terowongan')
  await expect(bubble(doctor.page, 'Sebelum terowongan')).toBeVisible()

  // In the middle of a word.
  await composer(owner.page).pressSequentially('Di dalam tero')
  await expect(doctor.page.getByTestId('counterpart-state')).toHaveText(/sedang mengetik/)
  await owner.context.setOffline(true)
  await expect(owner.page.getByText('Tidak ada sinyal').first()).toBeVisible()
  await composer(owner.page).pressSequentially('wongan')
  await owner.page.getByRole('button', { name: 'Kirim pesan' }).click()
  await say(owner.page, 'Masih di dalam')
  await expect(bubble(owner.page, 'Masih di dalam')).toHaveAttribute('data-delivery', 'waiting')
  // The sign that somebody writes ends by itself.
  await expect(doctor.page.getByTestId('counterpart-state')).not.toHaveText(/sedang mengetik/)
  await say(doctor.page, 'Hati-hati di jalan')
  await composer(owner.page).fill('Kalimat yang bel')

  await owner.context.setOffline(false)
  const all = ['Sebelum terowongan', 'Hati-hati di jalan', 'Di dalam terowongan', 'Masih di dalam']
  for (const { page } of [owner, laptop, doctor]) await expect.poll(() => words(page), { timeout: 30_000 }).toEqual(all)
  await expect(composer(owner.page)).toHaveValue('Kalimat yang bel')

  // A reload keeps the sentence; sending it clears it.
  await owner.page.reload()
  await expect(composer(owner.page)).toHaveValue('Kalimat yang bel')
  await composer(owner.page).pressSequentially('um selesai')
  await owner.page.getByRole('button', { name: 'Kirim pesan' }).click()
  await expect(bubble(doctor.page, 'Kalimat yang belum selesai')).toHaveCount(1)
  await owner.page.reload()
  await expect(bubble(owner.page, 'Kalimat yang belum selesai')).toHaveCount(1)
  await expect(composer(owner.page)).toHaveValue('')

  for (const person of [owner, laptop]) await person.leave()
})

test('what waits survives a reload, is seen in every tab, goes out once and in order', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Dimas')
  const chat = new URL(owner.page.url()).pathname
  await doctor.page.goto(chat)
  const tab = await owner.anotherPage()
  await tab.goto(chat)
  await expect(composer(tab)).toBeVisible()

  const release = await holdUp(owner.page)
  await say(owner.page, 'Pertama')
  await say(owner.page, 'Kedua')
  await expect.poll(() => words(tab)).toEqual(['Pertama', 'Kedua'])
  await say(tab, 'Ketiga dari tab lain')
  await owner.page.reload()
  await expect.poll(() => words(owner.page)).toEqual(['Pertama', 'Kedua', 'Ketiga dari tab lain'])

  await release()
  for (const page of [owner.page, tab, doctor.page]) await expect.poll(() => words(page), { timeout: 45_000 }).toEqual(['Pertama', 'Kedua', 'Ketiga dari tab lain'])
  for (const page of [owner.page, tab]) await expect(delivery(page, 'Ketiga')).toHaveAttribute('data-delivery', 'read')
  await owner.page.reload()
  await expect.poll(() => words(owner.page)).toEqual(['Pertama', 'Kedua', 'Ketiga dari tab lain'])

  await owner.leave()
})

test('a phone sends a photo; cut off in the middle, it goes on where it stopped', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Maya')
  const chat = new URL(owner.page.url()).pathname
  const laptop = await owner.anotherDevice(browser, server, DESKTOP)
  await laptop.page.goto(chat)
  await doctor.page.goto(chat)

  // A chosen picture is a draft like words are.
  await pick(owner.page, await photo(owner.page))
  await composer(owner.page).fill('Lemas sejak subuh')
  await owner.page.reload()
  await expect(owner.page.getByRole('button', { name: 'Hapus foto 1' })).toBeVisible()
  await expectAccessible(owner.page)
  await expectNoOverflow(owner.page)

  // The signal goes with the second piece.
  const offsets: number[] = []
  await owner.page.route('**/api/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    offsets.push(Number(route.request().headers()['upload-offset']))
    if (offsets.length !== 2) return route.continue()
    await owner.context.setOffline(true)
    await route.abort()
  })
  await owner.page.getByRole('button', { name: 'Kirim pesan' }).click()
  await expect.poll(() => offsets.length).toBe(2)
  await expect(owner.page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/)
  await expect(bubble(owner.page, 'Lemas sejak subuh')).toHaveAttribute('data-delivery', 'waiting')

  await owner.context.setOffline(false)
  await expect(delivery(owner.page, 'Lemas sejak subuh')).toHaveAttribute('data-delivery', 'read', { timeout: 30_000 })
  expect(offsets.length).toBeGreaterThan(2)
  expect(offsets[2], 'the piece that was cut off is the one that goes next').toBe(offsets[1])
  expect(offsets.filter((offset) => offset === 0)).toHaveLength(1)

  // Everybody sees it, small first, and large with its caption.
  for (const { page } of [owner, laptop, doctor]) {
    await expect(bubble(page, 'Lemas sejak subuh')).toHaveCount(1)
    await expect(log(page).getByTestId('thumbnail')).toHaveJSProperty('complete', true)
  }
  await expect(log(doctor.page).getByTestId('thumbnail')).toHaveAttribute('src', /\/api\/attachments\/.+\/thumbnail$/)
  await doctor.page.getByRole('button', { name: 'Perbesar: Lemas sejak subuh' }).click()
  const large = doctor.page.getByRole('dialog').getByRole('img', { name: 'Lemas sejak subuh' })
  await expect(large).toHaveJSProperty('naturalWidth', 2048)
  await expectAccessible(doctor.page)
  await doctor.page.keyboard.press('Escape')
  await expect(doctor.page.getByRole('dialog')).toHaveCount(0)

  for (const person of [owner, laptop]) await person.leave()
})

test('signing out leaves nothing of the chat in the browser', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Agus')
  await composer(owner.page).fill('Rahasia yang belum dikirim')
  await owner.page.goto('/akun')
  await owner.page.getByRole('button', { name: 'Keluar' }).click()

  // What would be lost is said first, and can be sent instead.
  const asked = owner.page.getByRole('dialog')
  await expect(asked).toContainText('1 pesan belum terkirim')
  await expectAccessible(owner.page)
  await asked.getByRole('button', { name: 'Kirim dulu' }).click()
  await expect(composer(owner.page)).toHaveValue('Rahasia yang belum dikirim')
  await owner.page.goto('/akun')
  await owner.page.getByRole('button', { name: 'Keluar' }).click()
  await asked.getByRole('button', { name: 'Keluar dan hapus' }).click()
  await owner.page.waitForURL((url) => url.pathname === '/')
  const left = await owner.page.evaluate(async () => {
    const device = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('hellopet')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const counts = [...device.objectStoreNames].map(
      (name) =>
        new Promise<number>((resolve) => {
          const counting = device.transaction(name).objectStore(name).count()
          counting.onsuccess = () => resolve(counting.result)
        }),
    )
    return Promise.all(counts)
  })
  expect(left).toEqual([0, 0, 0, 0])
  await owner.leave()
})
