import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useMore } from '@/features/chat/composables/useMore'
import type { AdminDoctor, DoctorStatus } from '@/shared/api/types'
import { fetchDoctors, type Wanted } from '../admin-api'

export const GROUPS = ['pending', 'all', 'applied', 'verified', 'suspended', 'rejected'] as const satisfies readonly ('pending' | 'all' | DoctorStatus)[]
export type Group = (typeof GROUPS)[number]

function wantedOf(group: Group): Wanted {
  if (group === 'pending') return { pending: true }
  return group === 'all' ? {} : { status: group }
}

/** Vets as the operator sees them, page by page. */
export function useApplicants(group: Readonly<Ref<Group>>) {
  const doctors = shallowRef<readonly AdminDoctor[] | null>(null)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const cursor = ref<string | null>(null)

  async function load(): Promise<void> {
    const asked = group.value
    isLoading.value = true
    try {
      const page = await fetchDoctors(wantedOf(asked))
      if (asked !== group.value) return
      doctors.value = page.items
      cursor.value = page.nextCursor ?? null
      failure.value = null
    } catch (error) {
      if (asked === group.value) failure.value = error
    } finally {
      if (asked === group.value) isLoading.value = false
    }
  }

  const more = useMore(async () => {
    const asked = group.value
    if (cursor.value === null) return
    const page = await fetchDoctors(wantedOf(asked), cursor.value)
    if (asked !== group.value) return
    doctors.value = [...(doctors.value ?? []), ...page.items]
    cursor.value = page.nextCursor ?? null
  })

  watch(
    group,
    () => {
      doctors.value = null
      cursor.value = null
      failure.value = null
      void load()
    },
    { immediate: true },
  )

  return { doctors, failure, isLoading, hasMore: computed(() => cursor.value !== null), more, load }
}
