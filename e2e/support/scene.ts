// The demo with something of everything: one person of each kind, and between them a consultation in each state.

import type { Browser } from '@playwright/test'

import { Server } from './server.ts'
import { Person, test as base, expect } from './test.ts'

/** More than the ten minutes that a vet who is there has for an answer. */
const LONGEST_ANSWER_MS = 12 * 60_000
const OWNER = 'pemilik@hellopet.test'

export type Who = 'visitor' | 'owner' | 'newcomer' | 'vet' | 'applicant' | 'partner' | 'staff'

export interface Scene {
  people: Record<Who, Person>
  /** Accounts. */
  vet: string
  applicant: string
  /** Consultations, by how far they are. */
  scheduled: string
  late: string
  active: string
  ended: string
  /** Of the vet, with another owner. */
  scheduledOfVet: string
  /** The chat of the active one, and of the one that has ended. */
  chat: string
  endedChat: string
  /** A payment that waits. */
  unpaid: string
  pet: string
  /** Proves the summary of what has ended. */
  code: string
}

interface Purchase {
  orderId: string
  transactionId: string
  consultationId: string
}

async function vetsByName(person: Person): Promise<(name: string) => string> {
  const vets = await person.ask<{ id: string; username: string }[]>('GET', '/api/roles/dokter')
  return (name) => vets.find(({ username }) => username.includes(name))!.id
}

async function buy(owner: Person, wish: { id: string; startsAt?: string; petId?: string; intakeId?: string }): Promise<Purchase> {
  return owner.ask('POST', '/api/payment/consulting', wish)
}

/** Answers the conversation that begins with it, where it begins now. */
async function pay(owner: Person, { orderId, transactionId }: Purchase): Promise<string> {
  await owner.ask('POST', `/sandbox/midtrans/simulate/${orderId}`, { outcome: 'settlement' })
  return (await owner.ask<{ conversationId: string }>('GET', `/api/payment/${transactionId}`)).conversationId
}

/** A time that can be booked, some days ahead. */
async function freeTime(person: Person, vet: string): Promise<string> {
  const { days } = await person.ask<{ days: { slots: { startsAt: string; available: boolean }[] }[] }>('GET', `/api/doctors/${vet}/slots`)
  return days.slice(2).flatMap(({ slots }) => slots.filter(({ available }) => available))[0]!.startsAt
}

/** The cat of the home page, as if it had been photographed. */
async function photoOfMiko(visitor: Person): Promise<FormData> {
  await visitor.page.goto('/')
  const picture = await visitor.page.locator('.stage .cat').screenshot({ type: 'jpeg' })
  const form = new FormData()
  form.set('file', new File([new Uint8Array(picture)], 'miko.jpg', { type: 'image/jpeg' }))
  return form
}

async function talk(scene: { visitor: Person; owner: Person; vet: Person }, conversation: string): Promise<void> {
  const path = `/api/conversations/${conversation}`
  const { items } = await scene.owner.ask<{ items: { id: string }[] }>('POST', `${path}/attachments`, await photoOfMiko(scene.visitor))
  const lines = [
    { who: scene.owner, message: 'Dok, Miko muntah tiga kali sejak semalam.' },
    { who: scene.vet, message: 'Halo Kak Rara. Muntahnya berisi makanan atau cairan kuning?' },
    { who: scene.owner, message: 'Cairan kuning, terakhir jam enam tadi. Ini fotonya.', attachments: [items[0]!.id] },
    { who: scene.vet, message: 'Masih mau minum? Coba cek gusinya: merah muda atau pucat?' },
  ]
  for (const [index, { who, ...line }] of lines.entries()) await who.ask('POST', `${path}/messages`, { ...line, clientId: `line-${index}` })
}

/** A vet was there when it was paid, and has not answered since: the owner may take another one. */
async function lateConsultation(browser: Browser, server: Server): Promise<string> {
  const now = Date.now()
  await server.setTime(new Date(now - LONGEST_ANSWER_MS))
  const owner = await Person.guest(browser, server, 'Rara Anindita', OWNER)
  const vet = await Person.guest(browser, server, 'drh. Hafizh Ramadhan', 'dokter2@hellopet.test')
  const id = (await vetsByName(owner))('Hafizh')
  await vet.page.goto('/dokter/dashboard')
  await expect.poll(async () => (await owner.ask<{ online: boolean }>('GET', `/api/doctors/${id}`)).online).toBe(true)
  const pets = await petsOf(owner)
  const purchase = await buy(owner, { id, petId: pets.Bruno })
  await pay(owner, purchase)
  await vet.leave()
  await server.setTime(new Date())
  const again = await Person.guest(browser, server, 'Rara Anindita', OWNER)
  await expect.poll(async () => (await again.ask<{ refundAt: string | null }>('GET', `/api/consultations/${purchase.consultationId}`)).refundAt, { timeout: 30_000 }).not.toBeNull()
  await again.leave()
  await owner.leave()
  return purchase.consultationId
}

async function petsOf(owner: Person): Promise<Record<string, string>> {
  const { items } = await owner.ask<{ items: { id: string; name: string }[] }>('GET', '/api/pets')
  return Object.fromEntries(items.map(({ id, name }) => [name, id]))
}

/** Everything, made through the API as pages make it. */
async function build(browser: Browser, server: Server): Promise<Scene> {
  const late = await lateConsultation(browser, server)
  const member = (name: string, email: string) => Person.guest(browser, server, name, `${email}@hellopet.test`)
  const people = {
    visitor: await Person.visitor(browser, server, 'Tamu'),
    owner: await member('Rara Anindita', 'pemilik'),
    newcomer: await Person.owner(browser, server, 'Wulan'),
    vet: await member('drh. Nadia Prameswari', 'dokter'),
    applicant: await member('drh. Laras Wulandari', 'calon'),
    partner: await member('Kinclong Pet Care', 'mitra'),
    staff: await member('Operator HELLOPET!', 'admin'),
  }
  const { owner, vet, staff } = people
  const other = await member('Bagas Wicaksono', 'pemilik2')
  const vets = await vetsByName(owner)
  const pets = await petsOf(owner)
  // Who has a page open is online.
  await vet.page.goto('/dokter/dashboard')

  const words = { petId: pets.Miko, complaint: 'Muntah tiga kali sejak semalam, cairan kuning', since: 'today', signs: [] }
  const { id: intakeId } = await owner.ask<{ id: string }>('POST', '/api/intakes', words)
  const active = await buy(owner, { id: vets('Nadia'), petId: pets.Miko, intakeId })
  const chat = await pay(owner, active)
  await talk(people, chat)
  const scheduled = await buy(owner, { id: vets('Theresia'), petId: pets.Miko, startsAt: await freeTime(owner, vets('Theresia')) })
  await pay(owner, scheduled)
  // A transfer cannot go back by itself: given up before the vet has written, it waits for the staff.
  const givenUp = await buy(owner, { id: vets('Gilang') })
  await owner.ask('PATCH', `/api/messages/end/${await pay(owner, givenUp)}`)
  await expect.poll(async () => (await staff.ask<{ items: unknown[] }>('GET', '/api/admin/refunds')).items.length).toBeGreaterThan(0)
  const scheduledOfVet = await buy(other, { id: vets('Nadia'), startsAt: await freeTime(other, vets('Nadia')) })
  await pay(other, scheduledOfVet)
  const unpaid = await buy(owner, { id: vets('Rahmawati'), petId: pets.Miko })

  for (const [title, body] of [['Salam', 'Halo {pemilik}, ada apa dengan {hewan}?'], ['Minta foto', 'Boleh kirim fotonya di tempat yang terang, Kak?']]) await vet.ask('POST', '/api/doctors/me/replies', { title, body })
  const ended = await endedLongAgo(owner)
  const { items: applicants } = await staff.ask<{ items: { id: string }[] }>('GET', '/api/admin/doctors?pending=true')
  await other.leave()
  return {
    people,
    vet: vets('Nadia'),
    applicant: applicants[0]!.id,
    late,
    active: active.consultationId,
    chat,
    scheduled: scheduled.consultationId,
    scheduledOfVet: scheduledOfVet.consultationId,
    unpaid: unpaid.transactionId,
    pet: pets.Miko!,
    ...ended,
  }
}

/** A consultation of the demo's year that has no review yet, and what proves its summary. */
async function endedLongAgo(owner: Person): Promise<{ ended: string; endedChat: string; code: string }> {
  const { items } = await owner.ask<{ items: { id: string; status: string; recordStatus: string; conversationId: string }[] }>('GET', '/api/consultations?limit=100')
  for (const { id, status, recordStatus, conversationId } of items) {
    if (status !== 'ended' || recordStatus !== 'finished') continue
    const review = await owner.context.request.get(`/api/consultations/${id}/review`)
    if (review.ok()) continue
    const { code } = await owner.ask<{ code: string }>('GET', `/api/consultations/${id}/record`)
    return { ended: id, endedChat: conversationId, code }
  }
  throw new Error('the demo has a consultation without a review')
}

/** A server of its own: what the scene is made of stays as it is while others tell their stories. */
export const test = base.extend<object, { scene: Scene }>({
  scene: [
    async ({ browser }, use) => {
      const server = await Server.start({ turnable: true })
      try {
        const scene = await build(browser, server)
        await use(scene)
        for (const person of Object.values(scene.people)) await person.leave()
      } finally {
        await server.stop()
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

export { expect }
