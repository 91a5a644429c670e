import { computed, ref } from 'vue'
import { newIdempotencyKey } from '@/shared/api/idempotency'
import { useText } from '@/shared/i18n'
import type { OutgoingPicture } from '../outgoing'
import { FORMATS, isHeic, isPicture, LARGEST_BYTES, shrink } from '@/shared/photos/shrink'
import { useChat } from '../store'

/** The server's own bound. */
export const MOST_PICTURES = 6

/** Pictures that were chosen for the next message, and why others were not taken: said before a slow phone uploads for nothing. */
export function usePictures(conversationId: string) {
  const { t } = useText()
  const { drafts } = useChat()
  const pictures = computed(() => drafts.of(conversationId).pictures)
  const refusal = ref('')
  /** How many are being read. */
  const reading = ref(0)

  async function taken(file: File): Promise<OutgoingPicture | string> {
    if (!isPicture(file)) return t('chat.picture.format')
    try {
      const shrunk = await shrink(file)
      if (shrunk.file.size > LARGEST_BYTES) return t('chat.picture.tooLarge')
      return {
        ...shrunk,
        id: newIdempotencyKey(),
        previewUrl: URL.createObjectURL(shrunk.file),
        uploadKey: newIdempotencyKey(),
        uploadId: null,
        attachment: null,
        progress: 0,
      }
    } catch {
      if (isHeic(file)) return t('chat.picture.heic')
      return FORMATS.includes(file.type) ? t('chat.picture.broken') : t('chat.picture.format')
    }
  }

  async function addOne(file: File): Promise<void> {
    reading.value += 1
    try {
      const result = await taken(file)
      if (typeof result === 'string') refusal.value = result
      else void drafts.addPicture(conversationId, result)
    } finally {
      reading.value -= 1
    }
  }

  /** One after the other: a phone has no room for six large ones at once. */
  async function add(files: Iterable<File>): Promise<void> {
    refusal.value = ''
    for (const file of files) {
      if (pictures.value.length + reading.value >= MOST_PICTURES) {
        refusal.value = t('chat.picture.tooMany', { count: MOST_PICTURES })
        return
      }
      await addOne(file)
    }
  }

  function remove(id: string): void {
    refusal.value = ''
    void drafts.removePicture(conversationId, id)
  }

  return { pictures, refusal, isReading: computed(() => reading.value > 0), add, remove }
}
