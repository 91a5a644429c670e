// A long conversation: finding something in it, and taking it along.

import { readFile } from 'node:fs/promises'

import { bubble, composer, log, say } from '../support/chat.ts'
import { patientOf } from '../support/purchase.ts'
import { PHONE, type Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

const FOUND = 'Sejak pagi dia cuma minum sedikit, lalu Muntah lagi di dekat pintu.'

/** More than three screens' worth, over HTTP: nobody types that fast. */
async function talkAtLength(person: Person): Promise<void> {
  const id = new URL(person.page.url()).pathname.split('/').at(-1)
  await person.page.evaluate(
    async ([id, found]) => {
      for (let number = 1; number <= 130; number += 1) {
        const body = JSON.stringify({ message: number === 20 ? found : `Catatan ${number}`, clientId: crypto.randomUUID() })
        const answer = await fetch(`/api/conversations/${id}/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        if (!answer.ok) throw new Error(`message ${number}: ${answer.status}`)
      }
    },
    [id, FOUND] as const,
  )
}

test('somebody finds a message, reads on from there, and returns to the newest', async ({ browser, server, doctor }) => {
  // 130 messages one after another, and two screens' worth of searching: more than a minute on two cores.
  test.slow()
  const owner = await patientOf(browser, server, doctor, 'Tania')
  await talkAtLength(owner)
  await say(owner.page, 'Selesai bercerita')
  // From now on only the newest are here.
  await owner.page.reload()
  await expect(bubble(owner.page, 'Selesai bercerita')).toBeVisible()

  // Inside of the conversation.
  await owner.page.getByRole('button', { name: 'Menu chat' }).click()
  await owner.page.getByRole('menuitem', { name: 'Cari pesan' }).click()
  const inside = owner.page.getByRole('searchbox', { name: /Cari pesan dengan/ })
  await expect(inside).toBeFocused()
  await inside.fill('tidak pernah ditulis')
  await expect(owner.page.getByText('Tidak ada pesan dengan')).toBeVisible()
  await inside.fill('MUNTAH lagi')
  const result = owner.page.getByTestId('search-result')
  await expect(result).toHaveCount(1)
  await expect(result.getByText('Muntah lagi', { exact: true })).toBeVisible()
  await expectAccessible(owner.page)
  await expectNoOverflow(owner.page)
  await result.click()
  await expect(owner.page).toHaveURL(/\?seq=\d+$/)
  await expect(bubble(owner.page, 'di dekat pintu')).toBeInViewport()
  await expect(bubble(owner.page, 'Selesai bercerita')).toHaveCount(0)

  // What is written goes to the end, and so does the reader.
  await say(owner.page, 'Itu maksud saya')
  await expect(bubble(owner.page, 'Itu maksud saya')).toBeInViewport()
  await expect(owner.page).not.toHaveURL(/seq/)

  // From the list of all; the address alone is enough to come back, and scrolling meets the newest.
  await owner.page.goto('/konsultasi')
  await owner.page.getByRole('searchbox', { name: 'Cari pesan di semua chat' }).fill('dekat pintu')
  await owner.page.getByTestId('search-result').click()
  await expect(bubble(owner.page, 'di dekat pintu')).toBeInViewport()
  await owner.page.reload()
  await expect(bubble(owner.page, 'di dekat pintu')).toBeInViewport()
  await expect(async () => {
    await log(owner.page).hover()
    await owner.page.mouse.wheel(0, 900)
    await expect(bubble(owner.page, 'Itu maksud saya')).toBeInViewport({ timeout: 50 })
  }).toPass()
  await expect(log(owner.page).getByTestId('bubble')).toHaveCount(132)

  await owner.page.goBack()
  await expect(owner.page.getByRole('searchbox', { name: 'Cari pesan di semua chat' })).toHaveValue('dekat pintu')
  await owner.leave()
})

test('both take the conversation along, as PDF and as JSON', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Maya')
  await doctor.page.goto(new URL(owner.page.url()).pathname)
  await say(owner.page, 'Lemas sejak subuh')
  await expect(bubble(doctor.page, 'Lemas sejak subuh')).toBeVisible()

  for (const { page } of [owner, doctor]) {
    for (const [format, start] of [['PDF', '%PDF-'], ['JSON', '{']] as const) {
      await page.getByRole('button', { name: 'Menu chat' }).click()
      const coming = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: `Unduh transkrip (${format})` }).click()
      const file = await coming
      expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`))
      const content = await readFile(await file.path(), 'latin1')
      expect(content.startsWith(start)).toBe(true)
      if (format === 'JSON') expect(content).toContain('Lemas sejak subuh')
    }
  }
  await expect(composer(owner.page)).toBeVisible()
  await owner.leave()
})
