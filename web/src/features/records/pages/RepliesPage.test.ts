// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import RepliesPage from './RepliesPage.vue'

vi.mock('../api')
const server = vi.mocked(api)

const gums = { id: 'r1', title: 'Minta foto gusi', body: 'Kak {pemilik}, tolong foto gusi {hewan}.' }

describe('the page of canned replies', () => {
  let page: VueWrapper

  async function open(): Promise<void> {
    page = await mountInApp(RepliesPage, {}, '/dokter/balasan')
    await flushPromises()
  }
  const press = async (name: string) => {
    await page
      .findAll('button')
      .find((button) => (button.attributes('aria-label') ?? button.text()) === name)
      ?.trigger('click')
    await flushPromises()
  }

  beforeEach(() => {
    server.fetchReplies.mockReset().mockResolvedValue([gums])
    server.addReply.mockReset().mockImplementation((words) => Promise.resolve({ id: 'r2', ...words }))
    server.changeReply.mockReset().mockImplementation((id, words) => Promise.resolve({ id, ...words }))
    server.deleteReply.mockReset().mockResolvedValue({ items: [] })
  })
  afterEach(() => page.unmount())

  it('takes a new one, in the order of titles', async () => {
    await open()
    await press('Tambah balasan')
    await page.get('#title').setValue(' Cara cek dehidrasi ')
    await page.get('#body').setValue('Cubit kulit tengkuknya.')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(server.addReply).toHaveBeenCalledWith({ title: 'Cara cek dehidrasi', body: 'Cubit kulit tengkuknya.' })
    expect(page.findAll('h2').map((title) => title.text())).toEqual(['Cara cek dehidrasi', 'Minta foto gusi'])
  })

  it('says what a reply still needs, and what the server thinks of it', async () => {
    await open()
    await press('Ubah Minta foto gusi')
    await page.get('#title').setValue('')
    await page.get('form').trigger('submit')
    expect(page.text()).toContain('Beri judul supaya mudah dicari.')
    server.changeReply.mockRejectedValueOnce(new Problem(409, 'too_many_replies', ''))
    await page.get('#title').setValue('Gusi')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.text()).toContain('Sudah 100 balasan')
  })

  it('asks once before it deletes', async () => {
    await open()
    await press('Hapus Minta foto gusi')
    expect(server.deleteReply).not.toHaveBeenCalled()
    const yes = [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')].find(
      (button) => button.textContent?.trim() === 'Ya, hapus',
    )
    yes?.click()
    await flushPromises()
    expect(page.text()).toContain('Belum ada balasan cepat')
  })
})
