import { useQuery } from '@pinia/colada'
import { computed, ref, watch } from 'vue'
import { saveNotes } from '../api'
import { notesQuery } from '../queries'
import { lengthOf, LONGEST_NOTE } from '../rules'
import { useAutosave, type SaveState } from './useAutosave'

/** What the vet keeps about a consultation, for no one else. */
export function useNotes(consultationId: string) {
  const body = ref('')
  const updatedAt = ref<string | null>(null)
  const { data, error: loadFailure, isLoading, refetch: load } = useQuery(() => notesQuery(consultationId))
  const isLoaded = computed(() => data.value !== undefined)

  const isTooLong = computed(() => lengthOf(body.value) > LONGEST_NOTE)
  const saving = useAutosave(async () => {
    updatedAt.value = (await saveNotes(consultationId, body.value)).updatedAt
  })

  /** What is too long waits for its writer, and is not saved. */
  const saveState = computed<SaveState>(() =>
    isTooLong.value && saving.state.value === 'saved' ? 'waiting' : saving.state.value,
  )

  // Only what nobody has begun to change gives way to an answer.
  watch(
    data,
    (said) => {
      if (!said || saving.isUnsaved.value) return
      body.value = said.body
      updatedAt.value = said.updatedAt
    },
    { immediate: true },
  )

  function write(text: string): void {
    body.value = text
    if (!isTooLong.value) saving.touched()
  }

  return {
    body,
    updatedAt,
    isTooLong,
    isLoaded,
    isLoading,
    loadFailure,
    saveState,
    isUnsaved: saving.isUnsaved,
    failure: saving.failure,
    load,
    write,
    flush: saving.flush,
  }
}
