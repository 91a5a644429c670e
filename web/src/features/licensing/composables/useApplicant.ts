import type { Ref } from 'vue'
import { useFetched } from '@/shared/api/useFetched'
import { fetchApplicant } from '../admin-api'

/** One vet with everything that is needed to decide. */
export function useApplicant(id: Readonly<Ref<string>>) {
  const { answer: doctor, ...rest } = useFetched(() => fetchApplicant(id.value), id)
  return { doctor, ...rest }
}
