// Every story has a running server and people with a browser of their own.

import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, type Page, test as base, expect } from '@playwright/test'
import { randomUUID } from 'node:crypto'

import { Server } from './server.ts'

export const PASSWORD = 'kucing-oranye-9'
const DEMO_PASSWORD = 'hellopet-demo'
const PHONE_NUMBER = '81234567890'
export const PHONE = { width: 360, height: 780 }
export const DESKTOP = { width: 1280, height: 800 }

export type Scheme = 'light' | 'dark'

type Fixtures = { doctor: Person }
type WorkerFixtures = { server: Server }

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  doctor: async ({ browser, server, viewport }, use) => {
    const doctor = await Person.doctor(browser, server, viewport ?? PHONE)
    await use(doctor)
    await doctor.leave()
  },
})

export { expect }

/** Somebody with a browser. */
export class Person {
  private constructor(
    readonly name: string,
    readonly email: string,
    readonly context: BrowserContext,
    readonly page: Page,
    /** What the browser complained about. */
    readonly complaints: string[],
    /** Where our pages come from. */
    private readonly origin: string,
  ) {}

  static async visitor(browser: Browser, server: Server, name: string, viewport = PHONE): Promise<Person> {
    const context = await browser.newContext({ viewport, baseURL: server.url, locale: 'id-ID', timezoneId: 'Asia/Jakarta' })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text())
    })
    return new Person(name, `${randomUUID().slice(0, 13)}@contoh.id`, context, page, complaints, server.url)
  }

  /** Somebody of the demo, signed in. */
  static async member(browser: Browser, server: Server, name: string, email: string): Promise<Person> {
    const visitor = await Person.visitor(browser, server, name)
    const member = new Person(name, email, visitor.context, visitor.page, visitor.complaints, server.url)
    await member.signIn(DEMO_PASSWORD)
    return member
  }

  /** Somebody of the demo, signed in without a page. */
  static async guest(browser: Browser, server: Server, name: string, email: string): Promise<Person> {
    const visitor = await Person.visitor(browser, server, name)
    const guest = new Person(name, email, visitor.context, visitor.page, visitor.complaints, server.url)
    await guest.ask('POST', '/api/auth/login', { email, password: DEMO_PASSWORD })
    return guest
  }

  /** A verified doctor of the story's own, signed in. */
  static async doctor(browser: Browser, server: Server, viewport = PHONE): Promise<Person> {
    const doctor = await Person.visitor(browser, server, `drh. Uji ${randomUUID().slice(0, 4)}`, viewport)
    await server.hire(doctor.name, doctor.email, PASSWORD)
    await doctor.ask('POST', '/api/auth/login', { email: doctor.email, password: PASSWORD })
    await doctor.page.goto('/dokter/dashboard')
    return doctor
  }

  /** An owner of the story's own, signed in without a page: how people register and sign in is told in stories of its own. */
  static async owner(browser: Browser, server: Server, name: string): Promise<Person> {
    const owner = await Person.visitor(browser, server, name)
    const { email } = owner
    await owner.ask('POST', '/api/auth/register', { username: name, email, password: PASSWORD, phone_number: `+62${PHONE_NUMBER}` })
    await owner.ask('POST', '/api/auth/login', { email, password: PASSWORD })
    return owner
  }

  /** The same account on another device, signed in. */
  async anotherDevice(browser: Browser, server: Server, viewport = PHONE): Promise<Person> {
    const { context, page, complaints } = await Person.visitor(browser, server, this.name, viewport)
    const device = new Person(this.name, this.email, context, page, complaints, server.url)
    await device.signIn()
    await device.page.waitForURL((url) => url.pathname !== '/masuk')
    return device
  }

  /** Opens another window of the same browser. */
  async anotherPage(): Promise<Page> {
    return this.context.newPage()
  }

  /** Asks the server what a page would; what the answer sets, cookies, is the browser's. */
  async ask<Answer>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, data?: unknown): Promise<Answer> {
    const answer = await this.context.request.fetch(path, { method, ...(data instanceof FormData ? { multipart: data } : { data }), headers: { origin: this.origin } })
    expect(answer.ok(), `${method} ${path} answers ${answer.status()}`).toBe(true)
    return (answer.headers()['content-type']?.includes('json') ? await answer.json() : undefined) as Answer
  }

  async signIn(password = PASSWORD): Promise<void> {
    await this.page.goto('/masuk')
    await this.page.getByLabel('Email').fill(this.email)
    await this.page.getByLabel('Kata sandi', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Masuk', exact: true }).click()
  }

  /** Fills in the form that is open. */
  async register(): Promise<void> {
    await this.page.getByLabel('Nama').fill(this.name)
    await this.page.getByLabel('Nomor WhatsApp').fill(PHONE_NUMBER)
    await this.page.getByLabel('Email').fill(this.email)
    await this.page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Buat akun' }).click()
  }

  async leave(): Promise<void> {
    expect(this.complaints, 'the browser had nothing to complain about').toEqual([])
    await this.context.close()
  }
}

/** Changes the device's colour scheme, until the page wears it. */
export async function wear(page: Page, colorScheme: Scheme): Promise<void> {
  // Behind another window nothing is drawn, so colours that fade would stand still between two schemes. axe opens one at each look.
  await page.bringToFront()
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveClass(colorScheme === 'dark' ? /(^| )dark( |$)/ : /^(?!.*\bdark\b)/)
  // The longest change of a colour lasts a moment even where motion is not wanted.
  await page.waitForFunction(() => document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity), null, { polling: 50 })
}

/** No barrier that a machine can find, in both colour schemes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await wear(page, colorScheme)
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
    expect(found, `${page.url()} in the ${colorScheme} scheme`).toEqual([])
  }
}

/** Nothing sticks out at the side. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, `${page.url()} fits its width`).toBeLessThanOrEqual(0)
}
