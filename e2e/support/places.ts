// Every route of the app: who sees it, with what in it, and what opens over it. A new route gets a row here, or
// `everyone.spec.ts` fails; the pictures of docs/tour/ are taken of the same rows.

import { readFileSync, readdirSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'

import type { Scene, Who } from './scene.ts'
import { snap } from './snap.ts'
import { type Language, words } from './texts.ts'

/** A page in one language, found by the keys of its texts. */
export class Looker {
  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  words(key: string): RegExp {
    return words(this.language, key)
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.words(key) }).first()
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.button(key).click()
  }

  async choose(key: string): Promise<void> {
    await this.page.getByRole('menuitem', { name: this.words(key) }).click()
  }

  async write(key: string, what: string): Promise<void> {
    await this.page.getByRole('textbox', { name: this.words(key) }).first().fill(what)
  }
}

export interface Place {
  /** As the app writes it. */
  route: string
  /** What its pictures are called by. */
  name: string
  who: Who
  path: (scene: Scene) => string
  /** Before the page is opened. */
  before?: (page: Page) => Promise<void>
  /** What opens over the page or unfolds in it, each from the page as it was. */
  over?: Record<string, (look: Looker) => Promise<void>>
}

/** Presses these one after the other. */
const press =
  (...keys: string[]) =>
  (look: Looker) =>
    look.press(...keys)

/** Presses these, and waits for what opens over the page. */
const opens =
  (...keys: string[]) =>
  async (look: Looker) => {
    await look.press(...keys)
    await opened(look)
  }

async function opened({ page }: Looker): Promise<void> {
  await page.locator('[role=dialog], [role=menu]').last().waitFor()
}

/** A form that is sent as it stands. */
const mistakes = async ({ page }: Looker) => page.locator('main form button[type=submit], main button[type=submit]').first().click()

async function found({ page }: Looker): Promise<void> {
  await page.getByRole('searchbox').last().fill('muntah')
  await page.getByTestId('search-result').first().waitFor()
}

async function enlarged(look: Looker): Promise<void> {
  await look.page.getByTestId('thumbnail').first().click()
  await opened(look)
}

async function fromMenu(look: Looker, key: string): Promise<void> {
  await look.press('chat.menu.open')
  await look.choose(key)
  await look.page.getByRole('dialog').waitFor()
}

async function redFlag(look: Looker): Promise<void> {
  await look.write('home.complaintLabel', 'Kucingku sesak napas')
  await look.page.getByTestId('triage-warning').waitFor()
}

/** Emergencies are asked for first: the first sign of the list is one. */
async function warned(look: Looker): Promise<void> {
  await look.press('doctors.profile.buy')
  await look.write('triage.complaint', 'Tersedak')
  await look.page.locator('label:has(input[name=since])').first().click()
  await look.page.locator('label:has(input[name=signs])').first().click()
  await look.press('triage.next')
  await look.page.getByTestId('triage-warning').waitFor()
}

async function nobodyFound(look: Looker): Promise<void> {
  await look.page.getByRole('searchbox').fill('tidak ada namanya')
  await look.page.getByRole('heading', { name: look.words('doctors.directory.noMatch') }).waitFor()
}

/** The days and times of a vet. */
async function times({ page }: Looker): Promise<void> {
  await page.locator('label:has(input[name=when][value=slot])').click()
  await page.locator('[data-day]').first().waitFor()
}

async function payment(look: Looker): Promise<void> {
  await look.press('payments.pay')
  await snap(look.page).getByTestId('pay-method-bca').waitFor()
}

/** What the staff sees when something was given up; nothing in a healthy demo is. */
async function givenUp(page: Page): Promise<void> {
  const at = new Date().toISOString()
  const job = { id: '01940000-0000-7000-8000-000000000001', kind: 'payments.refund', payload: '{"refund":"01940000-0000-7000-8000-000000000002"}', lastError: 'gateway: 503 Service Unavailable', createdAt: at, deadAt: at }
  await page.route('**/api/admin/jobs', (route) => route.fulfill({ json: { items: [job] } }))
}

async function reported(page: Page): Promise<void> {
  const report = { orderId: 'HP-DEMO-8K2PX0', transactionId: null, result: 'amount_mismatch', receivedAt: new Date().toISOString(), body: '{"order_id":"HP-DEMO-8K2PX0","gross_amount":"1.00","transaction_status":"settlement"}' }
  await page.route('**/api/admin/gateway-reports', (route) => route.fulfill({ json: { items: [report] } }))
}

export const PLACES: readonly Place[] = [
  { route: '/', name: 'home', who: 'visitor', path: () => '/', over: { 'red-flag': redFlag } },
  { route: '/', name: 'home-of-owner', who: 'owner', path: () => '/' },
  { route: '/', name: 'home-of-partner', who: 'partner', path: () => '/' },
  {
    route: '/dokter',
    name: 'vets',
    who: 'visitor',
    path: () => '/dokter',
    over: {
      filters: opens('doctors.filter.open'),
      'nobody-found': nobodyFound,
    },
  },
  { route: '/dokter/:id', name: 'vet-to-visitor', who: 'visitor', path: ({ vet }) => `/dokter/${vet}` },
  {
    route: '/dokter/:id',
    name: 'vet',
    who: 'newcomer',
    path: ({ vet }) => `/dokter/${vet}`,
    over: { times, intake: opens('doctors.profile.buy'), warning: warned },
  },
  { route: '/masuk', name: 'sign-in', who: 'visitor', path: () => '/masuk', over: { mistakes } },
  { route: '/daftar', name: 'register', who: 'visitor', path: () => '/daftar', over: { mistakes } },
  { route: '/lupa-sandi', name: 'forgot-password', who: 'visitor', path: () => '/lupa-sandi', over: { mistakes } },
  { route: '/sandi-baru', name: 'new-password', who: 'visitor', path: () => '/sandi-baru#satu', over: { mistakes } },
  { route: '/sandi-baru', name: 'new-password-over', who: 'visitor', path: () => '/sandi-baru' },
  { route: '/akun/keamanan', name: 'security', who: 'owner', path: () => '/akun/keamanan', over: { mistakes } },
  { route: '/akun', name: 'account-of-visitor', who: 'visitor', path: () => '/akun' },
  { route: '/akun', name: 'account', who: 'owner', path: () => '/akun' },
  { route: '/akun', name: 'account-of-vet', who: 'vet', path: () => '/akun' },
  { route: '/akun', name: 'account-of-partner', who: 'partner', path: () => '/akun' },
  { route: '/verifikasi/:code?', name: 'verify', who: 'visitor', path: () => '/verifikasi' },
  { route: '/verifikasi/:code?', name: 'verified', who: 'visitor', path: ({ code }) => `/verifikasi/${code}` },
  { route: '/verifikasi/:code?', name: 'not-verified', who: 'visitor', path: () => '/verifikasi/0000-0000-0000' },
  { route: '/:rest(.*)*', name: 'not-found', who: 'visitor', path: () => '/tidak-ada' },

  {
    route: '/bayar/:transactionId',
    name: 'payment',
    who: 'owner',
    path: ({ unpaid }) => `/bayar/${unpaid}`,
    over: { 'payment-stand-in': payment },
  },
  { route: '/konsultasi', name: 'consultations', who: 'owner', path: () => '/konsultasi', over: { found } },
  { route: '/konsultasi', name: 'consultations-none', who: 'newcomer', path: () => '/konsultasi' },
  { route: '/konsultasi', name: 'consultations-of-vet', who: 'vet', path: () => '/konsultasi' },
  {
    route: '/konsultasi/:id',
    name: 'consultation',
    who: 'owner',
    path: ({ scheduled }) => `/konsultasi/${scheduled}`,
    over: { cancel: opens('consultations.cancel.action'), reschedule: opens('consultations.reschedule.action') },
  },
  { route: '/konsultasi/:id', name: 'consultation-late', who: 'owner', path: ({ late }) => `/konsultasi/${late}`, over: { 'other-vets': opens('consultations.transfer.choose') } },
  { route: '/konsultasi/:id', name: 'consultation-ended', who: 'owner', path: ({ ended }) => `/konsultasi/${ended}` },
  { route: '/konsultasi/:id', name: 'consultation-of-vet', who: 'vet', path: ({ scheduledOfVet }) => `/konsultasi/${scheduledOfVet}`, over: { cancel: opens('consultations.cancel.action') } },
  {
    route: '/chat/:conversationId',
    name: 'chat',
    who: 'owner',
    path: ({ chat }) => `/chat/${chat}`,
    over: {
      menu: opens('chat.menu.open'),
      end: (look) => fromMenu(look, 'chat.menu.end'),
      search: async (look) => {
        await look.press('chat.menu.open')
        await look.choose('chat.search.field')
        await found(look)
      },
      picture: enlarged,
    },
  },
  {
    route: '/chat/:conversationId',
    name: 'chat-of-vet',
    who: 'vet',
    path: ({ chat }) => `/chat/${chat}`,
    over: { menu: opens('chat.menu.open'), notes: (look) => fromMenu(look, 'chat.menu.notes'), replies: opens('records.replies.choose'), case: opens('triage.card.open'), pet: opens('triage.pet.open') },
  },
  { route: '/chat/:conversationId', name: 'chat-ended', who: 'owner', path: ({ endedChat }) => `/chat/${endedChat}` },
  { route: '/konsultasi/:id/catatan', name: 'record', who: 'vet', path: ({ active }) => `/konsultasi/${active}/catatan`, over: { mistakes, notes: opens('records.notes.open') } },
  { route: '/konsultasi/:id/ringkasan', name: 'summary', who: 'owner', path: ({ ended }) => `/konsultasi/${ended}/ringkasan` },
  { route: '/konsultasi/:id/ulasan', name: 'review', who: 'owner', path: ({ ended }) => `/konsultasi/${ended}/ulasan`, over: { mistakes } },

  { route: '/hewan', name: 'pets', who: 'owner', path: () => '/hewan' },
  { route: '/hewan', name: 'pets-none', who: 'newcomer', path: () => '/hewan' },
  { route: '/hewan/baru', name: 'pet-new', who: 'owner', path: () => '/hewan/baru', over: { mistakes } },
  {
    route: '/hewan/:id',
    name: 'pet',
    who: 'owner',
    path: ({ pet }) => `/hewan/${pet}`,
    over: { archive: opens('pets.archive.open'), weights: press('statistics.showTable', 'pets.weight.add'), vaccination: press('pets.vaccine.add') },
  },
  { route: '/hewan/:id/ubah', name: 'pet-edit', who: 'owner', path: ({ pet }) => `/hewan/${pet}/ubah` },

  { route: '/dokter/dashboard', name: 'dashboard', who: 'vet', path: () => '/dokter/dashboard', over: { table: press('statistics.showTable') } },
  {
    route: '/dokter/jadwal',
    name: 'hours',
    who: 'vet',
    path: () => '/dokter/jadwal',
    over: {
      copy: opens('availability.editor.copyDay'),
      unsaved: async (look) => {
        await look.page.getByRole('button', { name: look.words('availability.editor.addHours') }).last().click()
        await look.page.getByRole('navigation').getByRole('link').first().click()
        await opened(look)
      },
    },
  },
  { route: '/dokter/profil', name: 'practice', who: 'vet', path: () => '/dokter/profil' },
  { route: '/dokter/ulasan', name: 'own-reviews', who: 'vet', path: () => '/dokter/ulasan', over: { answer: press('reviews.reply.openTo') } },
  { route: '/dokter/balasan', name: 'replies', who: 'vet', path: () => '/dokter/balasan', over: { edit: press('records.replies.editOf'), delete: opens('records.replies.deleteOf') } },
  { route: '/dokter/daftar', name: 'apply', who: 'newcomer', path: () => '/dokter/daftar', over: { mistakes } },
  { route: '/dokter/daftar', name: 'applied', who: 'applicant', path: () => '/dokter/daftar' },

  { route: '/admin', name: 'queue', who: 'staff', path: () => '/admin' },
  { route: '/admin/dokter', name: 'applicants', who: 'staff', path: () => '/admin/dokter' },
  { route: '/admin/dokter/:id', name: 'applicant', who: 'staff', path: ({ applicant }) => `/admin/dokter/${applicant}`, over: { refuse: opens('licensing.admin.refuse') } },
  { route: '/admin/dokter/:id', name: 'vet-to-staff', who: 'staff', path: ({ vet }) => `/admin/dokter/${vet}`, over: { suspend: opens('licensing.admin.suspend') } },
  { route: '/admin/ulasan', name: 'moderation', who: 'staff', path: () => '/admin/ulasan', over: { hide: opens('reviews.moderation.hideOf') } },
  { route: '/admin/dana-kembali', name: 'refunds', who: 'staff', path: () => '/admin/dana-kembali', over: { 'paid-out': opens('payments.refunds.payOut.of'), again: opens('payments.refunds.again.of') } },
  { route: '/admin/laporan-gateway', name: 'gateway-reports', who: 'staff', path: () => '/admin/laporan-gateway', before: reported },
  { route: '/admin/pekerjaan', name: 'dead-jobs', who: 'staff', path: () => '/admin/pekerjaan', before: givenUp },
]

/** The paths of all routes that have a page, from the app's sources. */
export function routesOfTheApp(): string[] {
  const source = new URL('../../web/src/', import.meta.url)
  const files = ['router.ts', ...readdirSync(new URL('features/', source)).map((feature) => `features/${feature}/routes.ts`)]
  return files.flatMap((file) => {
    let text: string
    try {
      text = readFileSync(new URL(file, source), 'utf8')
    } catch {
      return [] // a feature without pages
    }
    const found = [...text.matchAll(/\bpath: '([^']+)',\s*name: '[^']+',\s*component:/g)].map(([, path]) => path!)
    if (found.length !== text.split('component:').length - 1) throw new Error(`${file} has a route that is written in another way`)
    return found
  })
}
