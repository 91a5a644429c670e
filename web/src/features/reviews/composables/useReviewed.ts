import { useQuery } from '@pinia/colada'
import { computed, type Ref } from 'vue'
import { ownReviewQuery, reviewedConsultationQuery } from '../queries'

/** A consultation and what its owner said of it so far. */
export function useReviewed(consultationId: Readonly<Ref<string>>) {
  const about = useQuery(() => reviewedConsultationQuery(consultationId.value))
  const own = useQuery(() => ownReviewQuery(consultationId.value))

  const review = computed(() => own.data.value ?? null)
  /** Only with what was said of it: a form for a second thought is another one than for the first. */
  const consultation = computed(() => (own.data.value === undefined ? null : (about.data.value ?? null)))
  const isLoading = computed(() => about.isLoading.value || own.isLoading.value)
  const failure = computed(() => about.error.value ?? own.error.value)
  const load = () => Promise.all([about.refetch(), own.refetch()])

  return { consultation, review, failure, isLoading, load }
}
