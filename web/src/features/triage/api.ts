import { api, unwrap } from '@/shared/api/client'
import { pictureForm } from '@/shared/api/picture-form'
import { sessionFetch } from '@/shared/api/session-fetch'
import type { NewIntake } from '@/shared/api/types'
import { watchedBy } from '@/shared/api/watched'
import { currentLocale } from '@/shared/i18n'

const at = (id: string) => ({ params: { path: { id } } })

/** The server says signs and advice in the viewer's language. */
const spoken = () => ({ headers: { 'Accept-Language': currentLocale() } })

export const fetchSigns = async () => (await unwrap(api.GET('/api/triage', spoken()))).signs

export const writeIntake = (intake: NewIntake) => unwrap(api.POST('/api/intakes', { ...spoken(), body: intake }))

/** One photo beside it. `progress` is told 0 to 1. */
export const addIntakePhoto = (id: string, file: Blob, progress: (share: number) => void) =>
  unwrap(
    api.POST('/api/intakes/{id}/pictures', {
      ...at(id),
      ...pictureForm(file),
      fetch: (request) => sessionFetch(request, watchedBy(progress)),
    }),
  )

/** What was said before a consultation. */
export const fetchIntakeOf = (consultationId: string) =>
  unwrap(api.GET('/api/consultations/{id}/intake', { ...at(consultationId), ...spoken() }))
