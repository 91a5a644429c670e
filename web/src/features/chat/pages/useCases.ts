import { watch } from 'vue'
import { useConsultations } from '@/features/consultations/store'

/** The consultations behind conversations, with pet and deadlines: each is asked for once, and the news keep it fresh. */
export function useCases(ids: () => readonly string[]) {
  const consultations = useConsultations()
  const asked = new Set<string>()

  watch(
    ids,
    (wanted) => {
      for (const id of wanted) {
        if (asked.has(id) || consultations.find(id)) continue
        asked.add(id)
        // Without an answer the talk goes on as well; the next change asks again.
        consultations.loadOne(id).catch(() => asked.delete(id))
      }
    },
    { immediate: true },
  )
  return { caseOf: consultations.find }
}
