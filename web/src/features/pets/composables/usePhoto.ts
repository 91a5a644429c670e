import { ref } from 'vue'
import { readPicture } from '@/shared/photos/read-picture'
import { takeAnswer } from '@/shared/api/cache'
import { failureText } from '@/shared/api/failure-text'
import type { PetRecord } from '@/shared/api/types'
import { replacePhoto } from '../api'

/** Replaces the photo of a pet, shrunk on the device first; says why when it cannot be used. */
export function usePhoto(petId: () => string, replaced: (pet: PetRecord) => void) {
  const isSending = ref(false)
  const refusal = ref('')

  async function send(file: File): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    refusal.value = ''
    try {
      const photo = await readPicture(file)
      if (typeof photo === 'string') refusal.value = photo
      else await takeAnswer(replacePhoto(petId(), photo), replaced)
    } catch (error) {
      refusal.value = failureText(error)
    } finally {
      isSending.value = false
    }
  }

  return { isSending, refusal, send }
}
