// A vet with three patients at once, on the narrowest phone.

import type { Page } from '@playwright/test'

import { bubble, composer, log, say } from '../support/chat.ts'
import { patientOf } from '../support/purchase.ts'
import { DESKTOP, PHONE, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

/** One of the other talks, in the bar over the chat. */
const other = (page: Page, name: string) => page.getByRole('navigation', { name: 'Chat lain yang berjalan' }).getByRole('link', { name: new RegExp(name) })

const heightOf = async (page: Page, selector: string) => (await page.getByRole('main').locator(selector).first().boundingBox())?.height ?? 0

test('a vet goes from patient to patient by a tap, and sees where to read on', async ({ browser, server, doctor }) => {
  // Three people buy one after another, on two cores.
  test.slow()
  const vet = doctor.page
  const rara = await patientOf(browser, server, doctor, 'Rara', { name: 'Miko', species: 'cat' })
  const dimas = await patientOf(browser, server, doctor, 'Dimas', { name: 'Coco', species: 'dog' })
  const maya = await patientOf(browser, server, doctor, 'Maya')

  await vet.goto(new URL(rara.page.url()).pathname)
  await expect(vet.getByRole('heading', { level: 1, name: /Miko.*Rara/ })).toBeVisible()
  await say(vet, 'Halo Kak, Miko masih mau minum?')
  await expect(bubble(rara.page, 'masih mau minum')).toBeVisible()

  // The time that was bought runs from the first answer on, for both, and the head leaves the talk its room.
  for (const { page } of [rara, doctor]) {
    await expect(page.getByTestId('session-left')).toHaveText(/^(30|29)\.\d\d$/)
    expect(await heightOf(page, 'header'), 'the head leaves the talk its room').toBeLessThan(100)
  }
  await expect(rara.page.getByTestId('counterpart-state')).toContainText('Miko')
  await expect(rara.page.getByRole('navigation', { name: 'Chat lain yang berjalan' })).toHaveCount(0)

  // What the others write is counted where the vet sees it, with the pet and until when an answer is due.
  await say(dimas.page, 'Sudah saya kompres, Dok')
  await say(dimas.page, 'Tapi masih bengkak')
  await say(maya.page, 'Dok, ini fotonya: https://contoh.id/maya(1).')
  await say(maya.page, 'Awas https://bank.id@jahat.example/masuk ya')
  await say(maya.page, 'Telepon saya 0812-3456-7890')
  await expect(other(vet, 'Coco').getByTestId('unread')).toContainText('2')
  await expect(other(vet, 'Maya').getByTestId('unread')).toContainText('3')
  await expect(other(vet, 'Coco')).toContainText(/0\d\.\d\d/)
  expect((await heightOf(vet, 'header')) + (await heightOf(vet, 'nav')), 'head and bar leave the talk its room').toBeLessThan(150)
  await expectNoOverflow(vet)
  await expectAccessible(vet)

  // One tap, and what is new stands under a line.
  await other(vet, 'Coco').click()
  await expect(vet.getByRole('heading', { level: 1, name: /Coco.*Dimas/ })).toBeVisible()
  await expect(vet.getByTestId('unread-line')).toHaveText('2 pesan baru')
  await expect(vet.getByTestId('unread-line')).toBeInViewport()
  await expect(bubble(dimas.page, 'masih bengkak')).toHaveAttribute('data-delivery', 'read')
  await expect(other(vet, 'Coco')).toHaveCount(0)
  await expect(other(vet, 'Miko').getByTestId('unread')).toHaveCount(0)
  // Who answers has read it.
  await say(vet, 'Tambah 10 menit lagi ya, Kak')
  await expect(vet.getByTestId('unread-line')).toHaveCount(0)

  // By keyboard it goes as well.
  await other(vet, 'Maya').focus()
  await vet.keyboard.press('Enter')
  await expect(vet.getByRole('heading', { level: 1, name: 'Maya' })).toBeVisible()

  // A link shows where it leads; what only looks like one is text.
  const link = log(vet).getByRole('link', { name: 'contoh.id' })
  await expect(link).toHaveText('https://contoh.id/maya(1)')
  await expect(link).toHaveAttribute('href', 'https://contoh.id/maya(1)')
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(log(vet).getByRole('link', { name: /jahat/ })).toHaveCount(0)
  await expect(log(vet).getByRole('link', { name: '0812-3456-7890' })).toHaveAttribute('href', 'tel:081234567890')
  await expectNoOverflow(vet)
  await expectAccessible(vet)

  for (const person of [rara, dimas, maya]) await person.leave()
})

test('a message is copied, and quoted in the answer', async ({ browser, server, doctor }) => {
  await doctor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const owner = await patientOf(browser, server, doctor, 'Rara')
  const vet = doctor.page
  await say(owner.page, 'Muntahnya cairan kuning')
  await vet.goto(new URL(owner.page.url()).pathname)

  await bubble(vet, 'cairan kuning').click({ button: 'right' })
  await expect(vet.getByRole('menuitem')).toHaveText(['Salin', 'Balas dengan kutipan'])
  await vet.getByRole('menuitem', { name: 'Salin' }).click()
  await expect(vet.getByText('Pesan tersalin').first()).toBeVisible()
  expect(await vet.evaluate(() => navigator.clipboard.readText())).toBe('Muntahnya cairan kuning')

  // By keyboard: Tab comes to the newest message, Enter or Shift+F10 opens what can be done with it.
  await bubble(vet, 'cairan kuning').focus()
  await vet.keyboard.press('Shift+F10')
  await expect(vet.getByRole('menuitem', { name: 'Salin' })).toBeVisible()
  await vet.keyboard.press('Escape')
  await expect(bubble(vet, 'cairan kuning')).toBeFocused()
  await vet.keyboard.press('Enter')
  await vet.getByRole('menuitem', { name: 'Balas dengan kutipan' }).press('Enter')
  await expect(composer(vet)).toBeFocused()
  await expect(composer(vet)).toHaveValue('> Muntahnya cairan kuning\n')
  await vet.keyboard.type('Sejak kapan, Kak?')
  await vet.getByRole('button', { name: 'Kirim pesan' }).click()
  await expect(bubble(owner.page, 'Sejak kapan')).toContainText('Muntahnya cairan kuning')
  await owner.leave()
})

test('a finger that stays on a message opens what can be done with it', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Rara')
  await say(owner.page, 'Muntahnya cairan kuning')
  const place = (await bubble(owner.page, 'cairan kuning').boundingBox())!
  const touch = await owner.context.newCDPSession(owner.page)
  const point = { x: place.x + place.width / 2, y: place.y + place.height / 2 }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
  await expect(owner.page.getByRole('menuitem', { name: 'Salin' })).toBeVisible()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect(owner.page.getByRole('menuitem', { name: 'Salin' })).toBeVisible()
  await owner.page.getByRole('menuitem', { name: 'Balas dengan kutipan' }).click()
  await expect(composer(owner.page)).toHaveValue('> Muntahnya cairan kuning\n')
  await owner.leave()
})

test('photos are dropped on a talk, and text that comes with a picture of it stays text', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Rara')
  const { page } = owner
  const photos = page.getByRole('button', { name: /Hapus foto/ })
  await page.setViewportSize(DESKTOP)
  const data = await page.evaluateHandle(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 40
    const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), 'image/png'))
    const carried = new DataTransfer()
    carried.items.add(new File([blob], 'image.png', { type: 'image/png' }))
    return carried
  })
  await log(page).dispatchEvent('dragover', { dataTransfer: data })
  await expect(page.getByText('Lepas fotonya di sini')).toBeVisible()
  await log(page).dispatchEvent('drop', { dataTransfer: data })
  await expect(page.getByText('Lepas fotonya di sini')).toHaveCount(0)
  await expect(photos).toHaveCount(1)

  const paste = (text: string) =>
    composer(page).evaluate(
      (field, [carried, words]) => {
        if (words) carried.setData('text/plain', words)
        return field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }))
      },
      [data, text] as const,
    )
  expect(await paste(''), 'the picture is taken').toBe(false)
  await expect(photos).toHaveCount(2)
  expect(await paste('Berat 4,6 kg'), 'the browser pastes the text').toBe(true)
  await expect(photos).toHaveCount(2)
  await owner.leave()
})
