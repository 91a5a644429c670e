// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import { inApp } from '@/testing/in-app'
import * as api from '../api'
import { addHours, type Draft } from '../editor'
import { availability } from '../testing'
import { useAvailabilityEditor } from './useAvailabilityEditor'

vi.mock('../api')
const server = vi.mocked(api)
const monday = { weekday: 1, from: '09:00', to: '12:00' }

describe('the editor', () => {
  let editor: ReturnType<typeof useAvailabilityEditor>
  const draft = () => editor.draft.value as Draft

  beforeEach(async () => {
    server.fetchAvailability.mockReset().mockResolvedValue(availability({ week: [monday] }))
    server.saveAvailability.mockReset().mockImplementation((given) => Promise.resolve(given))
    const { made } = await inApp(() => useAvailabilityEditor())
    editor = made
    await flushPromises()
  })

  it('knows what is not saved, and can take it back', () => {
    expect(editor.isUnsaved.value).toBe(false)
    editor.edit({ ...draft(), horizonDays: 30 })
    expect(editor.isUnsaved.value).toBe(true)
    editor.undo()
    expect(editor.isUnsaved.value).toBe(false)
    expect(draft().horizonDays).toBe(14)
  })

  it('saves once, and is clean again', async () => {
    editor.edit(addHours(draft(), 2))
    await Promise.all([editor.save(), editor.save()])
    expect(server.saveAvailability.mock.calls.map(([given]) => given.week)).toEqual([
      [monday, { weekday: 2, from: '09:00', to: '12:00' }],
    ])
    expect(editor.isUnsaved.value).toBe(false)
    expect(editor.savedTimes.value).toBe(1)
  })

  it('keeps what is edited while the answer is on its way', async () => {
    editor.edit({ ...draft(), horizonDays: 30 })
    const saving = editor.save()
    editor.edit({ ...draft(), bufferMinutes: 10 })
    await saving
    expect(draft().bufferMinutes).toBe(10)
    expect(editor.isUnsaved.value).toBe(true)
  })

  it('puts refusals at their rows until the row is mended', async () => {
    editor.edit(addHours(draft(), 1))
    server.saveAvailability.mockRejectedValue(
      new Problem(422, 'invalid', '', [{ field: 'week[1].to', code: 'before_start', message: 'kata server' }]),
    )
    await editor.save()
    const row = draft().week[1]?.key ?? ''
    expect(editor.errors.value).toEqual({ [`${row}.to`]: 'kata server' })
    expect(editor.refusals.value).toBe(1)
    expect(editor.saveFailure.value).toBeNull()
    editor.edit(draft(), 'horizonDays')
    expect(editor.errors.value).not.toEqual({})
    editor.edit(draft(), row)
    expect(editor.errors.value).toEqual({})
  })

  it('says when nobody answered, and loses nothing', async () => {
    editor.edit({ ...draft(), horizonDays: 30 })
    server.saveAvailability.mockRejectedValue(new NetworkFailure())
    await editor.save()
    expect(editor.saveFailure.value).toBeInstanceOf(NetworkFailure)
    expect(draft().horizonDays).toBe(30)
  })
})
