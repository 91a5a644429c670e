// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import NotesSheet from './NotesSheet.vue'

vi.mock('../api')
const server = vi.mocked(api)

describe('private notes', () => {
  let sheet: VueWrapper
  const dialog = () => document.querySelector('[role="dialog"]')
  const press = async (words: string) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')].find(
      (one) => one.textContent?.trim() === words,
    )
    found?.click()
    await flushPromises()
  }
  async function write(text: string): Promise<void> {
    const field = document.querySelector<HTMLTextAreaElement>('#private-notes')
    if (!field) return
    field.value = text
    field.dispatchEvent(new Event('input'))
    await flushPromises()
  }

  beforeEach(async () => {
    server.fetchNotes.mockReset().mockResolvedValue({ body: 'Takut jarum.', updatedAt: '2026-11-24T02:42:00.000Z' })
    server.saveNotes
      .mockReset()
      .mockImplementation((_, body) => Promise.resolve({ body, updatedAt: '2026-11-24T02:50:00.000Z' }))
    sheet = await mountInApp(NotesSheet, { consultationId: 'c1' })
    await flushPromises()
  })
  afterEach(() => sheet.unmount())

  it('say that nobody else reads them', () => {
    expect(dialog()?.textContent).toContain('Pemilik tidak pernah melihatnya')
    expect(document.querySelector<HTMLTextAreaElement>('#private-notes')?.value).toBe('Takut jarum.')
  })

  it('are saved before the sheet closes', async () => {
    await write('Takut jarum. Suka ikan.')
    await press('Simpan dan tutup')
    expect(server.saveNotes).toHaveBeenCalledWith('c1', 'Takut jarum. Suka ikan.')
    expect(sheet.emitted('close')).toHaveLength(1)
  })

  it('are only left unsaved on purpose', async () => {
    server.saveNotes.mockRejectedValue(new NetworkFailure())
    await write('Suka ikan.')
    await press('Simpan dan tutup')
    expect(sheet.emitted('close')).toBeUndefined()
    expect(dialog()?.textContent).toContain('belum tersimpan')
    await press('Tutup saja')
    expect(sheet.emitted('close')).toHaveLength(1)
  })
})
