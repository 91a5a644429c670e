import { useToast } from '@nuxt/ui/composables/useToast'
import { announce } from '@/shared/a11y/announce'
import { failureText } from '@/shared/api/failure-text'
import type { Conversation } from '@/shared/api/types'
import { useText } from '@/shared/i18n'
import { fetchTranscript, type TranscriptFormat } from '../api'

/** Browsers begin a download a moment after the click, from the address as it is then. */
const KEPT_MS = 60_000

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}

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
      save(file, `HELLOPET ${createdAt.slice(0, 10)} ${counterpart.username}.${format}`)
    } catch (error) {
      toast.add({ title: t('chat.transcript.failed'), description: failureText(error), color: 'error', icon: 'i-ph-warning-circle-fill' })
    } finally {
      isUnderWay = false
    }
  }

  return { download }
}
