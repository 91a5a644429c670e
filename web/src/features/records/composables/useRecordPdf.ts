import { ref } from 'vue'
import { announce } from '@/shared/a11y/announce'
import { failureText } from '@/shared/api/failure-text'
import type { ConsultationRecord } from '@/shared/api/types'
import { saveFile } from '@/shared/files/save-file'
import { useText } from '@/shared/i18n'
import { fetchRecordPdf } from '../api'

/** The finished summary as a document. Fetched and not linked to, so that a stale session is renewed and a failure has words. */
export function useRecordPdf() {
  const { t } = useText()
  const isUnderWay = ref(false)
  const failure = ref('')

  async function download({ consultationId, code, pet }: ConsultationRecord): Promise<void> {
    if (isUnderWay.value) return
    isUnderWay.value = true
    failure.value = ''
    announce(t('records.pdf.preparing'))
    try {
      saveFile(await fetchRecordPdf(consultationId), `${['HELLOPET', pet?.name, code].filter(Boolean).join(' ')}.pdf`)
    } catch (error) {
      failure.value = failureText(error)
    } finally {
      isUnderWay.value = false
    }
  }

  return { isUnderWay, failure, download }
}
