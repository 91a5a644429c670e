import type { Ref } from 'vue'
import { usePages } from '@/shared/api/usePages'
import type { DoctorStatus } from '@/shared/api/types'
import type { Wanted } from '../admin-api'
import { applicantsQuery } from '../admin-queries'

export const GROUPS = ['pending', 'all', 'applied', 'verified', 'suspended', 'rejected'] as const satisfies readonly (
  'pending' | 'all' | DoctorStatus
)[]
export type Group = (typeof GROUPS)[number]

function wantedOf(group: Group): Wanted {
  if (group === 'pending') return { pending: true }
  return group === 'all' ? {} : { status: group }
}

/** Vets as the operator sees them, page by page. */
export function useApplicants(group: Readonly<Ref<Group>>) {
  const { items: doctors, ...rest } = usePages(() => applicantsQuery(wantedOf(group.value)))
  return { doctors, ...rest }
}
