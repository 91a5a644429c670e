import { ref } from 'vue'
import { failureText } from '@/shared/api/failure-text'

/** A card of health notes: whether one is being added, taking one back, and why that failed. */
export function useHealthNotes<Note>(takeBack: (note: Note) => Promise<unknown>, changed: () => void) {
  const isAdding = ref(false)
  const failure = ref('')

  async function remove(note: Note): Promise<void> {
    failure.value = ''
    try {
      await takeBack(note)
      changed()
    } catch (error) {
      failure.value = failureText(error)
    }
  }

  function added(): void {
    isAdding.value = false
    changed()
  }

  return { isAdding, failure, remove, added }
}
