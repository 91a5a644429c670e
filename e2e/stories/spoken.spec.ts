// What a screen reader says of a chat: what is new, and nothing that was there before.

import type { Page } from '@playwright/test'

import { bubble, log, say } from '../support/chat.ts'
import { patientOf } from '../support/purchase.ts'
import { expect, test } from '../support/test.ts'

/** Keeps what comes into the page's live regions, from its first moment on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const regionOf = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest('[aria-live], [role=log], [role=status], [role=alert]')
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        const region = regionOf(target)
        if (!region || region.getAttribute('aria-live') === 'off') continue
        for (const node of type === 'characterData' ? [target] : addedNodes) if (node.textContent?.trim()) heard.push(node.textContent.trim())
      }
    }).observe(document, { childList: true, characterData: true, subtree: true })
  })
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test('a chat says what the other side writes, once, and no page of its history', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Rara')
  const chat = new URL(owner.page.url()).pathname
  const path = `/api/conversations/${chat.split('/').at(-1)}/messages`
  for (let number = 1; number <= 60; number += 1) await owner.ask('POST', path, { message: `Catatan ${number}`, clientId: `note-${number}` })

  const heard = await listen(doctor.page)
  const notes = async () => (await heard()).filter((words) => words.includes('Catatan'))
  await doctor.page.goto(chat)
  await expect(bubble(doctor.page, 'Catatan 60')).toBeVisible()
  await expect(async () => {
    await log(doctor.page).hover()
    await doctor.page.mouse.wheel(0, -2000)
    await expect(log(doctor.page).getByTestId('bubble')).toHaveCount(60, { timeout: 100 })
  }).toPass()
  expect(await notes()).toEqual([])

  await say(owner.page, 'Catatan yang baru')
  await expect.poll(notes).toEqual(['Rara: Catatan yang baru'])
  await say(doctor.page, 'Catatan dari dokter')
  await expect(bubble(owner.page, 'Catatan dari dokter')).toBeVisible()
  expect(await notes()).toEqual(['Rara: Catatan yang baru'])
  await owner.leave()
})
