/** Looks for red flags in what is being said, once somebody pauses. */
import { useQuery } from '@pinia/colada'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { TriageCheck } from '@/shared/api/types'
import { checkQuery } from '../check'

/** A pause between two words is shorter. */
const PAUSE_MS = 700
/** Fewer letters say nothing. */
const SHORTEST = 4
/** What the server looks through; of more the end. */
const LONGEST = 4000

/** The warning about the words as they are now, or null. A server that cannot be asked warns of nothing: the way to a vet stays open. */
export function useRedFlags(words: () => string) {
  const warning = shallowRef<TriageCheck | null>(null)
  const asked = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  const { data } = useQuery(() => checkQuery(asked.value))
  watch(data, (found) => {
    if (found) warning.value = found.level === 'routine' ? null : found
  })

  watch(
    () => words().trim().slice(-LONGEST),
    (text) => {
      clearTimeout(timer)
      if (text.length < SHORTEST) {
        asked.value = ''
        warning.value = null
      } else if (text !== asked.value) {
        timer = setTimeout(() => (asked.value = text), PAUSE_MS)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return warning
}
