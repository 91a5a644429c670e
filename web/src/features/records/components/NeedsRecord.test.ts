// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { consultation } from '@/features/consultations/testing'
import { NetworkFailure } from '@/shared/api/problem'
import { mountInApp } from '@/testing/mount'
import * as api from '../api'
import NeedsRecord from './NeedsRecord.vue'

vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({
      id: 'doctor',
      roles: 'dokter',
      username: 'drh. Nadia',
      email: '',
      phone_number: '',
      picture: null,
    }),
}))
vi.mock('../api')
const server = vi.mocked(api)

async function shown() {
  const list = await mountInApp(NeedsRecord)
  await flushPromises()
  return list
}

describe('what needs a summary', () => {
  beforeEach(() => {
    server.fetchUnrecorded.mockReset()
  })

  it('says how much waits for it, and leads to writing it', async () => {
    server.fetchUnrecorded.mockResolvedValue({
      items: [consultation({ status: 'ended', endedAt: '2026-11-24T02:42:00.000Z' })],
      nextCursor: null,
    })
    const list = await shown()
    expect(list.text()).toContain('Rp45.000 menunggu · selesai 24 Nov 2026')
    expect(list.get('a[href="/konsultasi/c1/catatan"]').text()).toBe('Tulis ringkasan')
  })

  it('says when nothing does', async () => {
    server.fetchUnrecorded.mockResolvedValue({ items: [], nextCursor: null })
    expect((await shown()).text()).toContain('Semua ringkasan sudah selesai.')
  })

  it('can be asked for again when it did not load', async () => {
    server.fetchUnrecorded
      .mockRejectedValueOnce(new NetworkFailure())
      .mockResolvedValueOnce({ items: [], nextCursor: null })
    const list = await shown()
    await list.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(list.text()).toContain('Semua ringkasan sudah selesai.')
  })
})
