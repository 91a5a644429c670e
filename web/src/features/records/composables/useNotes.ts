import { computed, onMounted, ref, shallowRef } from 'vue'
import { fetchNotes, saveNotes } from '../api'
import { lengthOf, LONGEST_NOTE } from '../rules'
import { useAutosave, type SaveState } from './useAutosave'

/** What the vet keeps about a consultation, for no one else. */
export function useNotes(consultationId: string) {
  const body = ref('')
  const updatedAt = ref<string | null>(null)
  const isLoaded = ref(false)
  const isLoading = ref(false)
  const loadFailure = shallowRef<unknown>(null)

  const isTooLong = computed(() => lengthOf(body.value) > LONGEST_NOTE)
  const saving = useAutosave(async () => {
    updatedAt.value = (await saveNotes(consultationId, body.value)).updatedAt
  })

  /** What is too long waits for its writer, and is not saved. */
  const saveState = computed<SaveState>(() => (isTooLong.value && saving.state.value === 'saved' ? 'waiting' : saving.state.value))

  async function load(): Promise<void> {
    isLoading.value = true
    try {
      const said = await fetchNotes(consultationId)
      body.value = said.body
      updatedAt.value = said.updatedAt
      isLoaded.value = true
      loadFailure.value = null
    } catch (error) {
      loadFailure.value = error
    } finally {
      isLoading.value = false
    }
  }

  function write(text: string): void {
    body.value = text
    if (!isTooLong.value) saving.touched()
  }

  onMounted(load)
  return { body, updatedAt, isTooLong, isLoaded, isLoading, loadFailure, saveState, isUnsaved: saving.isUnsaved, failure: saving.failure, load, write, flush: saving.flush }
}
