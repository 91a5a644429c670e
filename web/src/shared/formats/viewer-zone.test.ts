import { afterEach, describe, expect, it, vi } from 'vitest'
import { time } from './moments'
import { isZoneGuessed, viewerZone } from './viewer-zone'

const saying = (resolvedOptions: () => unknown) =>
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockImplementation(resolvedOptions as never)

describe('the viewer’s zone', () => {
  afterEach(() => vi.restoreAllMocks())

  it.each(['', undefined, null, 'Etc/Unknown', 'Mars/Olympus', 7])(
    'is WIB where the device says %j, and that is said',
    (timeZone) => {
      saying(() => ({ timeZone }))
      expect([viewerZone(), isZoneGuessed()]).toEqual(['Asia/Jakarta', true])
    },
  )

  it('is WIB where the device cannot say', () => {
    saying(() => {
      throw new RangeError('no zone')
    })
    expect([viewerZone(), isZoneGuessed()]).toEqual(['Asia/Jakarta', true])
  })

  it.each([
    ['Pacific/Honolulu', '06.30 HST'],
    ['Pacific/Kiritimati', '06.30 GMT+14'],
    ['Asia/Jayapura', '01.30 WIT'],
  ])('is %s where the device says so, and times name it', (timeZone, written) => {
    saying(() => ({ timeZone }))
    expect([viewerZone(), isZoneGuessed()]).toEqual([timeZone, false])
    vi.restoreAllMocks()
    expect(time('2026-11-24T16:30:00.000Z', timeZone, 'id')).toBe(written)
  })
})
