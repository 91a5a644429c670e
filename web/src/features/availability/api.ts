import { api, unwrap } from '@/shared/api/client'
import type { Availability } from '@/shared/api/types'

/** A doctor's slots on so many days of the doctor's own calendar. */
export const fetchSlots = (doctorId: string, days: number, from?: string) =>
  unwrap(
    api.GET('/api/doctors/{id}/slots', { params: { path: { id: doctorId }, query: { from, days: String(days) } } }),
  )

export const fetchAvailability = () => unwrap(api.GET('/api/doctors/me/availability'))

export const saveAvailability = (availability: Availability) =>
  unwrap(api.PUT('/api/doctors/me/availability', { body: availability }))
