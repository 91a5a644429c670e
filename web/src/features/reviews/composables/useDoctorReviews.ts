import type { Ref } from 'vue'
import { fetchDoctorReviews } from '../api'
import { usePages } from './usePages'

/** What owners said of a doctor, page by page. */
export const useDoctorReviews = (doctorId: Readonly<Ref<string>>) => usePages(doctorId, (id, cursor) => fetchDoctorReviews(id, cursor))
