import { ref } from 'vue'
import { FORMATS, isHeic, isPicture, LARGEST_BYTES, shrink } from '@/features/chat/shrink'
import { failureText } from '@/shared/api/failure-text'
import type { PetRecord } from '@/shared/api/types'
import { useText } from '@/shared/i18n'
import { replacePhoto } from '../api'

/** Replaces the photo of a pet, shrunk on the device first; says why when it cannot be used. */
export function usePhoto(petId: () => string, replaced: (pet: PetRecord) => void) {
  const { t } = useText()
  const isSending = ref(false)
  const refusal = ref('')

  async function readable(file: File): Promise<Blob | string> {
    if (!isPicture(file)) return t('chat.picture.format')
    try {
      const { file: shrunk } = await shrink(file)
      return shrunk.size > LARGEST_BYTES ? t('chat.picture.tooLarge') : shrunk
    } catch {
      if (isHeic(file)) return t('chat.picture.heic')
      return FORMATS.includes(file.type) ? t('chat.picture.broken') : t('chat.picture.format')
    }
  }

  async function send(file: File): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    refusal.value = ''
    try {
      const photo = await readable(file)
      if (typeof photo === 'string') refusal.value = photo
      else replaced(await replacePhoto(petId(), photo))
    } catch (error) {
      refusal.value = failureText(error)
    } finally {
      isSending.value = false
    }
  }

  return { isSending, refusal, send }
}
