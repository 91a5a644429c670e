import { computed, ref, shallowRef } from 'vue'
import { useRoute } from 'vue-router'
import type { SlotsInSight } from '@/features/availability/composables/useSlots'
import type { DoctorProfile } from '@/shared/api/types'

export type When = 'now' | 'slot'

/** At once or at a time: what the owner chose, and until then what fits the doctor. Who is not there is offered by the slot. */
export function useWhen(doctor: () => DoctorProfile | null, slots: SlotsInSight) {
  const route = useRoute()
  const wanted = ref<When | null>(route.query.kapan === 'jadwal' ? 'slot' : null)
  const startsAt = shallowRef<string | null>(null)

  const isOnline = computed(() => doctor()?.online === true)
  /** The directory knows of the next slot before the slots are here. */
  const next = computed(() => (slots.slots.value ? slots.next.value : (doctor()?.nextAvailableAt ?? null)))
  const when = computed<When>({
    get: () => wanted.value ?? (isOnline.value || !next.value ? 'now' : 'slot'),
    set: (value) => {
      wanted.value = value
    },
  })
  /** What is bought now: null for at once, and while no time is chosen. */
  const slot = computed(() => (when.value === 'slot' ? startsAt.value : null))

  async function take(time: string): Promise<void> {
    wanted.value = 'slot'
    await slots.reach(time)
    startsAt.value = time
  }

  /** The time cannot be had: others are shown, on the same day. */
  async function lose(): Promise<void> {
    startsAt.value = null
    await slots.load()
  }

  return { when, startsAt, slot, next, take, lose }
}
