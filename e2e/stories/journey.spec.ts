// From a vet's hours to a review, over two days that pass in a minute: the server's clock is turned.

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

import { bubble, say } from '../support/chat.ts'
import { sayWhatIsTheMatter } from '../support/intake.ts'
import { openHours, pick } from '../support/schedule.ts'
import { Server } from '../support/server.ts'
import { payByTransfer } from '../support/snap.ts'
import { PHONE, Person, expect, expectAccessible, expectNoOverflow, test } from '../support/test.ts'

const MINUTE_MS = 60_000

test.use({ viewport: PHONE })

test('an owner books a time for a pet, is reminded, consults, keeps the summary and reviews it', async ({ browser }) => {
  test.setTimeout(180_000)
  const server = await Server.start({ turnable: true })
  try {
    const doctor = await Person.doctor(browser, server)
    await openHours(doctor.page)

    // The owner says who it is about and what is the matter, and pays for a time of tomorrow.
    const owner = await Person.visitor(browser, server, 'Rara')
    await owner.page.goto('/daftar')
    await owner.register()
    await owner.page.waitForURL((url) => url.pathname === '/')
    await owner.page.goto('/hewan/baru')
    await owner.page.getByLabel('Nama').fill('Miko')
    await owner.page.getByText('Kucing', { exact: true }).click()
    await owner.page.getByRole('button', { name: /Simpan|Tambah/ }).click()
    await owner.page.waitForURL((url) => /^\/hewan\/[0-9a-f-]{36}$/.test(url.pathname))
    await owner.page.goto('/dokter')
    await owner.page.getByLabel('Cari nama dokter').fill(doctor.name)
    await expect(owner.page.getByText('1 dokter', { exact: true })).toBeVisible()
    await owner.page.getByRole('link', { name: doctor.name }).click()
    await owner.page.getByText('Jadwalkan', { exact: true }).click()
    await pick(owner.page, 1, 4)
    await owner.page.getByRole('button', { name: 'Pesan & bayar' }).click()
    await expect(owner.page.getByLabel('Ada apa?')).toBeVisible()
    await expectAccessible(owner.page)
    await sayWhatIsTheMatter(owner.page, 'Menjilati kaki depan terus')
    await owner.page.waitForURL('**/bayar/**')
    await payByTransfer(owner.page)
    await owner.page.waitForURL('**/konsultasi/*')
    await expect(owner.page.getByText('Miko').first()).toBeVisible()
    const id = new URL(owner.page.url()).pathname.split('/').at(-1)
    const { startsAt } = await (await owner.page.request.get(`/api/consultations/${id}`)).json()

    // An hour before, wherever the owner is.
    // It is told to whoever is there: Socket.IO says `40` when it has let somebody in.
    const letIn = () => owner.page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived', ({ payload }) => String(payload).startsWith('40')))
    const isThere = letIn()
    await owner.page.goto('/hewan')
    await isThere
    // A day later the token of that socket is over. The device comes back with a new one, and then the hour comes.
    const isBack = letIn()
    await server.setTime(new Date(Date.parse(startsAt) - 61 * MINUTE_MS))
    await isBack
    await server.setTime(new Date(Date.parse(startsAt) - 59 * MINUTE_MS))
    await expect(owner.page.getByText('Satu jam lagi').first()).toBeVisible({ timeout: 30_000 })
    await expectAccessible(owner.page)

    // The time has come: the talk is open.
    await server.setTime(new Date(Date.parse(startsAt) + 5_000))
    await owner.page.goto(`/konsultasi/${id}`)
    await expect(owner.page.getByTestId('consultation-state')).toHaveAttribute('data-status', 'active', { timeout: 30_000 })
    await owner.page.getByRole('link', { name: 'Buka chat' }).click()
    await owner.page.waitForURL('**/chat/**')
    await doctor.page.goto(new URL(owner.page.url()).pathname)
    await doctor.page.getByRole('button', { name: 'Keluhan awal' }).click()
    await expect(doctor.page.getByRole('dialog')).toContainText('Menjilati kaki depan terus')
    await doctor.page.keyboard.press('Escape')
    await doctor.page.getByRole('button', { name: 'Profil Miko' }).click()
    await expect(doctor.page.getByRole('dialog')).toContainText('Kucing')
    await expectAccessible(doctor.page)
    await doctor.page.keyboard.press('Escape')
    await say(doctor.page, 'Selamat pagi, Kak. Boleh lihat kakinya?')
    await expect(bubble(owner.page, 'lihat kakinya')).toBeVisible()
    await say(owner.page, 'Merah di sela jari, Dok.')
    await expect(bubble(doctor.page, 'sela jari')).toBeVisible()

    // The vet writes the summary, which ends the consultation and is the owner's from then on.
    await doctor.page.goto(`/konsultasi/${id}/catatan`)
    await doctor.page.getByLabel('Keluhan', { exact: true }).fill('Menjilati kaki depan.')
    await doctor.page.getByLabel('Temuan').fill('Kemerahan di sela jari.')
    await doctor.page.getByLabel('Yang perlu dilakukan').fill('Bilas air bersih dua kali sehari.')
    await doctor.page.getByLabel('Langkah berikutnya').fill('Kirim foto lagi dalam tiga hari.')
    await expectAccessible(doctor.page)
    await doctor.page.getByRole('button', { name: 'Selesaikan' }).click()
    await doctor.page.getByRole('dialog').getByRole('button', { name: /selesaikan/i }).click()
    await expect(doctor.page.getByText('Ringkasan ini sudah sampai ke pemilik.').first()).toBeVisible()

    await owner.page.goto(`/konsultasi/${id}`)
    await expect(owner.page.getByTestId('consultation-state')).toHaveAttribute('data-status', 'ended')
    await owner.page.getByRole('link', { name: 'Ringkasan dokter' }).click()
    await expect(owner.page.getByText('Bilas air bersih')).toBeVisible()
    await expectNoOverflow(owner.page)
    await expectAccessible(owner.page)
    const [file] = await Promise.all([owner.page.waitForEvent('download'), owner.page.getByRole('button', { name: 'Unduh PDF' }).click()])
    const path = await file.path()
    expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
    const { stdout } = await promisify(execFile)('pdftotext', ['-layout', path, '-'])
    for (const words of ['Miko', doctor.name, 'Kemerahan di sela jari.', 'Kode keaslian']) expect(stdout).toContain(words)

    // Whoever gets the paper can prove it.
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(stdout)?.[0] ?? ''
    const clinic = await Person.visitor(browser, server, 'Klinik')
    await clinic.page.goto(`/verifikasi/${code}`)
    await expect(clinic.page.getByText('Kode ini asli')).toBeVisible()
    await expectAccessible(clinic.page)
    await clinic.leave()

    await owner.page.getByRole('link', { name: /Beri ulasan/ }).click()
    await owner.page.locator('label').filter({ hasText: '5 dari 5 bintang' }).click()
    await owner.page.getByLabel('Ceritakan (boleh kosong)').fill('Sabar dan jelas.')
    await owner.page.getByRole('button', { name: 'Kirim ulasan' }).click()
    await expect(owner.page.getByText('Terima kasih. Ulasanmu tersimpan').first()).toBeVisible()
    await owner.page.goto(`/dokter/${await doctorId(doctor)}`)
    await expect(owner.page.getByText('Sabar dan jelas.')).toBeVisible()
    await owner.leave()
    await doctor.leave()
  } finally {
    await server.stop()
  }
})

async function doctorId(doctor: Person): Promise<string> {
  const { id } = await (await doctor.page.request.get('/api/doctors/me')).json()
  return id
}
