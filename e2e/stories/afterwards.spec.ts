// A question that comes to mind when the consultation is over.

import { bubble, composer, say } from '../support/chat.ts'
import { patientOf } from '../support/purchase.ts'
import { PHONE, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

test.use({ viewport: PHONE })

test('an owner asks something more after the end, for free, and the vet answers', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Laras')
  const first = new URL(owner.page.url()).pathname
  await doctor.page.goto(first)
  await say(doctor.page, 'Obatnya dua kali sehari, ya Kak.')
  await expect(bubble(owner.page, 'dua kali sehari')).toBeVisible()
  await doctor.page.getByRole('button', { name: /Menu|Lainnya|Opsi/ }).first().click()
  await doctor.page.getByRole('menuitem', { name: 'Akhiri konsultasi' }).click()
  await doctor.page.getByRole('button', { name: 'Ya, akhiri' }).click()
  await expect(composer(owner.page)).toHaveCount(0)

  await owner.page.getByRole('link', { name: 'Lihat konsultasi' }).click()
  await expect(owner.page.getByRole('heading', { name: 'Tanya lanjutan' })).toBeVisible()
  await expectNoOverflow(owner.page)
  await expectAccessible(owner.page)
  await owner.page.getByRole('button', { name: 'Mulai tanya lanjutan' }).click()
  await owner.page.waitForURL((url) => url.pathname.startsWith('/chat/') && url.pathname !== first)
  await expect(owner.page.getByText('Tanya lanjutan, gratis.')).toBeVisible()
  await say(owner.page, 'Boleh dicampur makanan, Dok?')

  await doctor.page.goto(new URL(owner.page.url()).pathname)
  await expect(bubble(doctor.page, 'dicampur makanan')).toBeVisible()
  await say(doctor.page, 'Boleh, Kak.')
  await expect(bubble(owner.page, 'Boleh, Kak.')).toBeVisible()
  await expectNoOverflow(owner.page)
  await owner.leave()
})
