import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useSession } from '@/features/accounts/store'
import type { DoctorCard } from '@/shared/api/types'
import { usePresence } from '@/shared/realtime/presence'
import { fetchDoctors } from './api'

/** A directory older than this is asked for again when somebody looks at it. */
const STALE_AFTER_MS = 30_000

/** The directory, shared by home and the list, with who is online as it changes. */
export const useDoctors = defineStore('doctors', () => {
  const session = useSession()
  const presence = usePresence()

  const fetched = shallowRef<readonly DoctorCard[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let fetchedAt = 0

  /** Only owners are told of every doctor's presence; for others the list itself is the last word. */
  function isOnline(doctor: Pick<DoctorCard, 'id' | 'online'>): boolean {
    return (session.role === 'user' ? presence.isOnline(doctor.id) : null) ?? doctor.online
  }

  const doctors = computed(() => fetched.value?.map((doctor) => ({ ...doctor, online: isOnline(doctor) })) ?? null)
  const online = computed(() => doctors.value?.filter((doctor) => doctor.online) ?? [])

  /** Asks anew. What is shown stays until the answer is there, and if none comes. */
  async function load(): Promise<void> {
    if (isLoading.value) return
    isLoading.value = true
    try {
      fetched.value = await fetchDoctors()
      fetchedAt = Date.now()
      failure.value = null
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  async function loadIfStale(): Promise<void> {
    if (Date.now() - fetchedAt > STALE_AFTER_MS) await load()
  }

  return { doctors, online, failure, isLoading, isOnline, load, loadIfStale }
})
