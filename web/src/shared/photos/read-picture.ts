import { t } from '@/shared/i18n'
import { FORMATS, isHeic, isPicture, LARGEST_BYTES, shrink } from './shrink'

/** A chosen file as it can be sent, shrunk on the device; or, in words, why it cannot be used. */
export async function readPicture(file: File): Promise<Blob | string> {
  if (!isPicture(file)) return t('chat.picture.format')
  try {
    const { file: shrunk } = await shrink(file)
    return shrunk.size > LARGEST_BYTES ? t('chat.picture.tooLarge') : shrunk
  } catch {
    if (isHeic(file)) return t('chat.picture.heic')
    return FORMATS.includes(file.type) ? t('chat.picture.broken') : t('chat.picture.format')
  }
}
