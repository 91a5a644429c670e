import { ref } from 'vue'
import { failureText } from '@/shared/api/failure-text'

/** One step at a time: whether it is under way, and why it failed. */
export function useStep() {
  const isSending = ref(false)
  const failure = ref('')

  /** Whether the step was taken. */
  async function take(step: () => Promise<unknown>): Promise<boolean> {
    if (isSending.value) return false
    isSending.value = true
    failure.value = ''
    try {
      await step()
      return true
    } catch (error) {
      failure.value = failureText(error)
      return false
    } finally {
      isSending.value = false
    }
  }

  return { isSending, failure, take }
}
