import { onUnmounted, ref, shallowRef } from 'vue'
import { useText } from '@/shared/i18n'
import type { OutgoingPicture } from '../outgoing'

/** The server's own bounds, said before a slow phone uploads for nothing. */
export const LARGEST_BYTES = 10 * 1024 * 1024
export const MOST_PICTURES = 6
export const FORMATS = ['image/jpeg', 'image/png', 'image/webp']

const isHeic = (file: File) => /heic|heif/i.test(file.type) || /\.hei[cf]$/i.test(file.name)

async function sizeOf(url: string): Promise<{ width: number; height: number }> {
  const image = new Image()
  image.src = url
  await image.decode()
  return { width: image.naturalWidth, height: image.naturalHeight }
}

/** Pictures that were chosen and not sent yet, and why others were not taken. */
export function usePictures() {
  const { t } = useText()
  const pictures = shallowRef<readonly OutgoingPicture[]>([])
  const refusal = ref('')

  async function taken(file: File): Promise<OutgoingPicture | string> {
    if (isHeic(file)) return t('chat.picture.heic')
    if (!FORMATS.includes(file.type)) return t('chat.picture.format')
    if (file.size > LARGEST_BYTES) return t('chat.picture.tooLarge')
    const previewUrl = URL.createObjectURL(file)
    try {
      return { previewUrl, file, ...(await sizeOf(previewUrl)), attachment: null, progress: 0 }
    } catch {
      URL.revokeObjectURL(previewUrl)
      return t('chat.picture.broken')
    }
  }

  async function add(files: Iterable<File>): Promise<void> {
    refusal.value = ''
    for (const file of files) {
      if (pictures.value.length >= MOST_PICTURES) {
        refusal.value = t('chat.picture.tooMany', { count: MOST_PICTURES })
        return
      }
      const result = await taken(file)
      if (typeof result === 'string') refusal.value = result
      else pictures.value = [...pictures.value, result]
    }
  }

  function remove(previewUrl: string): void {
    URL.revokeObjectURL(previewUrl)
    pictures.value = pictures.value.filter((picture) => picture.previewUrl !== previewUrl)
  }

  /** Hands the pictures over; from now on they are the message's. */
  function take(): readonly OutgoingPicture[] {
    const all = pictures.value
    pictures.value = []
    refusal.value = ''
    return all
  }

  onUnmounted(() => {
    for (const { previewUrl } of pictures.value) URL.revokeObjectURL(previewUrl)
  })
  return { pictures, refusal, add, remove, take }
}
