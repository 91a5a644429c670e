import { chromium as browsers } from '@playwright/test'
import lighthouse from 'lighthouse'

import { chromium } from '../playwright.config.ts'
import { patientOf } from '../support/purchase.ts'
import { expect, test } from '../support/test.ts'

/** Lighthouse talks to the browser by itself. */
const PORT = 9_357
const AUDITS = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index', 'total-byte-weight'] as const

async function measure(url: string): Promise<string[]> {
  // Its defaults: a phone of the middle class, four times slower than here, on slow 4G. Who is signed in stays so.
  const result = await lighthouse(url, { port: PORT, onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'], disableStorageReset: true, logLevel: 'error' })
  const { categories, audits } = result!.lhr
  const score = (name: string) => String(Math.round((categories[name]?.score ?? 0) * 100))
  return [...['performance', 'accessibility', 'best-practices', 'seo'].map(score), ...AUDITS.map((name) => audits[name]?.displayValue ?? '')]
}

test('what Lighthouse says of the pages that most people see', async ({ browser, server, doctor }) => {
  const owner = await patientOf(browser, server, doctor, 'Rara Anindita')
  const chat = new URL(owner.page.url()).pathname
  const cookies = await owner.context.cookies()
  const [vet] = (await (await owner.context.request.get(`${server.url}/api/roles/dokter`)).json()) as { id: string }[]

  // Its own page shares the cookies of a browser's first context only.
  const measured = await browsers.launchPersistentContext('', { ...chromium, args: [...chromium.args, `--remote-debugging-port=${PORT}`] })
  const rows: string[][] = []
  const visited: [string, string][] = [['home', '/'], ['directory', '/dokter'], ['a vet', `/dokter/${vet!.id}`], ['sign-in', '/masuk'], ['chat', chat]]
  for (const [name, path] of visited) {
    if (path === chat) await measured.addCookies(cookies)
    rows.push([name, ...(await measure(server.url + path))])
  }
  await measured.close()
  await owner.leave()

  const head = ['page', 'performance', 'accessibility', 'best practices', 'SEO', 'first paint', 'largest paint', 'blocked', 'shift', 'speed index', 'bytes']
  console.log([head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'))
  expect(rows).toHaveLength(visited.length)
})
