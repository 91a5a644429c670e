import { useQuery } from '@pinia/colada'
import { computed, type Ref } from 'vue'
import { useSession } from '@/features/accounts/store'
import { consultationQuery } from '@/features/consultations/queries'
import { recordQuery } from '../queries'

/** A consultation and its summary, which may not be there yet; asked for anew when it is finished while somebody looks. */
export function useRecord(id: Readonly<Ref<string>>) {
  const session = useSession()
  const about = useQuery(() => consultationQuery(id.value))
  const summary = useQuery(() => recordQuery(id.value))

  const consultation = computed(() => about.data.value ?? null)
  const record = computed(() => summary.data.value ?? null)
  const isOwner = computed(() => consultation.value?.owner.id === session.me?.id)
  const isLoaded = computed(() => summary.data.value !== undefined && consultation.value !== null)
  const isLoading = computed(() => about.isLoading.value || summary.isLoading.value)
  const failure = computed(() => summary.error.value ?? about.error.value)
  const load = () => Promise.all([about.refetch(), summary.refetch()])

  return { consultation, record, isOwner, isLoaded, isLoading, failure, load }
}
