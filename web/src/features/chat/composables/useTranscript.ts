import { useToast } from '@nuxt/ui/composables/useToast'
import { announce } from '@/shared/a11y/announce'
import { failureText } from '@/shared/api/failure-text'
import type { Conversation } from '@/shared/api/types'
import { saveFile } from '@/shared/files/save-file'
import { useText } from '@/shared/i18n'
import { fetchTranscript, type TranscriptFormat } from '../api'

/** A conversation as a file of one's own. Fetched and not linked to, so that a stale session is renewed and a failure has words. */
export function useTranscript(conversation: () => Conversation) {
  const { t } = useText()
  const toast = useToast()
  let isUnderWay = false

  async function download(format: TranscriptFormat): Promise<void> {
    if (isUnderWay) return
    isUnderWay = true
    announce(t('chat.transcript.preparing'))
    try {
      const { id, createdAt, counterpart } = conversation()
      const file = await fetchTranscript(id, format)
      saveFile(file, `HELLOPET ${createdAt.slice(0, 10)} ${counterpart.username}.${format}`)
    } catch (error) {
      toast.add({
        title: t('chat.transcript.failed'),
        description: failureText(error),
        color: 'error',
        icon: 'i-ph-warning-circle-fill',
      })
    } finally {
      isUnderWay = false
    }
  }

  return { download }
}
