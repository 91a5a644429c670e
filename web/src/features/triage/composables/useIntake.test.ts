// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Intake } from '@/shared/api/types'
import { inApp } from '@/testing/in-app'
import { useComplaint } from '../store'
import { useIntake } from './useIntake'

const server = vi.hoisted(() => ({
  fetchSigns: vi.fn(),
  writeIntake: vi.fn(),
  addIntakePhoto: vi.fn(),
  readPicture: vi.fn(),
}))
vi.mock('../api', () => server)
vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve(null) }))
vi.mock('@/shared/photos/read-picture', () => server)

const judged = (level: Intake['level']): Intake => ({
  id: 'i1',
  species: 'cat',
  complaint: 'Muntah',
  since: 'today',
  signs: [],
  rulesVersion: '1',
  level,
  flags: [],
  advice: [],
  pictures: [],
  consultationId: null,
  createdAt: '2026-11-22T01:00:00.000Z',
})

async function intake(begun = '') {
  const done = vi.fn()
  const { made } = await inApp(() => {
    useComplaint().words.complaint = begun
    return useIntake(() => null, done)
  })
  return { ...made, done }
}

describe('what is asked before paying', () => {
  beforeEach(() => {
    sessionStorage.clear()
    server.fetchSigns.mockReset().mockResolvedValue([])
    server.writeIntake.mockReset().mockResolvedValue(judged('routine'))
    server.addIntakePhoto.mockReset().mockResolvedValue({})
    server.readPicture.mockReset().mockImplementation((file: File) => Promise.resolve(file))
  })

  it('says what is missing, and sends nothing', async () => {
    const { submit, missing, done } = await intake()
    await submit()
    expect(missing.value).toEqual(['complaint', 'since'])
    expect(server.writeIntake).not.toHaveBeenCalled()
    expect(done).not.toHaveBeenCalled()
  })

  it('goes on at once when nothing is urgent, with the words from the home page', async () => {
    const { words, submit, done } = await intake('Muntah')
    words.since = 'hours'
    await submit()
    expect(server.writeIntake).toHaveBeenCalledWith({ petId: null, complaint: 'Muntah', since: 'hours', signs: [] })
    expect(done).toHaveBeenCalledWith('i1')
  })

  it('waits for a red flag to be read, and lets the owner go on all the same', async () => {
    server.writeIntake.mockResolvedValue(judged('emergency'))
    const { words, submit, warning, goOn, done } = await intake('Kejang')
    words.since = 'hours'
    await submit()
    expect(warning.value?.level).toBe('emergency')
    expect(done).not.toHaveBeenCalled()
    goOn()
    expect(done).toHaveBeenCalledWith('i1')
  })

  it('takes the photos along again when the words are changed after a warning', async () => {
    server.writeIntake
      .mockResolvedValueOnce(judged('emergency'))
      .mockResolvedValueOnce({ ...judged('routine'), id: 'i2' })
    const { words, photos, submit, edit, done } = await intake('Kejang')
    words.since = 'hours'
    await photos.pick([new File(['x'], 'a.jpg', { type: 'image/jpeg' })])
    await submit()
    expect(photos.picked.value).toHaveLength(0)
    edit()
    expect(photos.picked.value).toHaveLength(1)
    words.complaint = 'Gatal'
    await submit()
    expect(server.addIntakePhoto.mock.calls.map(([id]) => id)).toEqual(['i1', 'i2'])
    expect(done).toHaveBeenCalledWith('i2')
  })

  it('says it anew, with its photos, when the words are changed while a photo is sent', async () => {
    server.writeIntake
      .mockResolvedValueOnce(judged('routine'))
      .mockResolvedValueOnce({ ...judged('routine'), id: 'i2' })
    const { words, photos, submit, photosLeft, done } = await intake('Muntah')
    words.since = 'hours'
    await photos.pick([
      new File(['x'], 'a.jpg', { type: 'image/jpeg' }),
      new File(['y'], 'b.jpg', { type: 'image/jpeg' }),
    ])
    server.addIntakePhoto.mockImplementationOnce(async () => {
      words.complaint = 'Gatal'
      await nextTick()
    })
    await submit()
    expect(done).not.toHaveBeenCalled()
    expect(photosLeft.value).toBe(false)
    expect(photos.picked.value).toHaveLength(2)
    await submit()
    expect(server.addIntakePhoto.mock.calls.map(([id]) => id)).toEqual(['i1', 'i2', 'i2'])
    expect(done).toHaveBeenCalledWith('i2')
  })

  it('offers no way past photos of words that were changed', async () => {
    vi.spyOn(console, 'warn').mockReturnValue()
    server.addIntakePhoto.mockRejectedValue(new Error('broken'))
    const { words, photos, submit, photosLeft } = await intake('Muntah')
    words.since = 'hours'
    await photos.pick([new File(['x'], 'a.jpg', { type: 'image/jpeg' })])
    await submit()
    expect(photosLeft.value).toBe(true)
    words.complaint = 'Gatal'
    await nextTick()
    expect(photosLeft.value).toBe(false)
  })

  it('keeps nobody from a vet because of a photo', async () => {
    vi.spyOn(console, 'warn').mockReturnValue()
    server.addIntakePhoto.mockRejectedValue(new Error('broken'))
    const { words, photos, submit, photosLeft, skipPhotos, done } = await intake('Muntah')
    words.since = 'hours'
    await photos.pick([new File(['x'], 'a.jpg', { type: 'image/jpeg' })])
    await submit()
    expect(photosLeft.value).toBe(true)
    expect(done).not.toHaveBeenCalled()
    skipPhotos()
    await flushPromises()
    expect(done).toHaveBeenCalledWith('i1')
    expect(server.writeIntake).toHaveBeenCalledTimes(1)
  })
})
