import { useQuery } from '@pinia/colada'
import { computed, ref, shallowRef, watch } from 'vue'
import { Problem } from '@/shared/api/problem'
import { saveAvailability } from '../api'
import { availabilityOf, draftOf, errorsAt, isSame, type Draft, type Errors } from '../editor'
import { availabilityQuery } from '../queries'

/** The vet's own hours: as they are saved, as they are edited, and what the server thinks of them. */
export function useAvailabilityEditor() {
  const saved = shallowRef<Draft | null>(null)
  const draft = shallowRef<Draft | null>(null)
  const { data, error: failure, isLoading, refetch: load } = useQuery(availabilityQuery)
  const isSaving = ref(false)
  const errors = shallowRef<Errors>({})
  /** Why saving failed as a whole; what belongs to a field is in `errors`. */
  const saveFailure = shallowRef<unknown>(null)
  const refusals = ref(0)
  const savedTimes = ref(0)

  const isUnsaved = computed(() => saved.value !== null && draft.value !== null && !isSame(saved.value, draft.value))

  // Only what nobody has begun to change gives way to an answer.
  watch(
    data,
    (said) => {
      if (!said || isUnsaved.value) return
      saved.value = draftOf(said)
      draft.value = saved.value
    },
    { immediate: true },
  )

  /** Takes an edit, and with it what was said about the fields that it touches. */
  function edit(next: Draft, ...touched: string[]): void {
    draft.value = next
    errors.value = Object.fromEntries(
      Object.entries(errors.value).filter(
        ([place]) => !touched.some((start) => place === start || place.startsWith(`${start}.`)),
      ),
    )
  }

  function undo(): void {
    draft.value = saved.value
    errors.value = {}
    saveFailure.value = null
  }

  async function save(): Promise<void> {
    const sent = draft.value
    if (!sent || isSaving.value) return
    isSaving.value = true
    saveFailure.value = null
    errors.value = {}
    try {
      const said = draftOf(await saveAvailability(availabilityOf(sent)))
      saved.value = said
      // What was typed while the answer was on its way is kept.
      if (draft.value === sent) draft.value = said
      savedTimes.value += 1
    } catch (error) {
      if (error instanceof Problem && error.errors.length > 0) errors.value = errorsAt(sent, error.errors)
      else saveFailure.value = error
      refusals.value += 1
    } finally {
      isSaving.value = false
    }
  }

  return {
    draft,
    isUnsaved,
    failure,
    isLoading,
    isSaving,
    errors,
    saveFailure,
    refusals,
    savedTimes,
    load,
    edit,
    undo,
    save,
  }
}
