import type { OwnDoctor } from '@/shared/api/types'
import { t } from '@/shared/i18n'
import { usePickedPhotos } from '@/shared/photos/usePickedPhotos'
import { addDocument } from '../api'
import { MOST_DOCUMENTS } from '../rules'

/** Photos of a licence. `room` is how many more it takes. */
export function useDocuments(licenceId: () => string, room: () => number, sent: (doctor: OwnDoctor) => void) {
  const full = () => t('licensing.documents.full', { most: MOST_DOCUMENTS })
  return usePickedPhotos({ room, full, sent, send: (file, progress) => addDocument(licenceId(), file, progress) })
}
