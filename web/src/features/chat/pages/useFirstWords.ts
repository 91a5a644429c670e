import { ref, watch } from 'vue'
import { fetchIntakeOf } from '@/features/triage/api'
import { useChat } from '../store'

/**
 * What was said before the payment is the first draft: nobody types it twice, and it is read, and changed, before it is sent. Asked for
 * once, and never put where something was begun.
 */
export function useFirstWords(conversationId: string, isWanted: () => boolean, consultationId: () => string) {
  const chat = useChat()
  const isReady = ref(false)

  const stop = watch(
    isWanted,
    async (wanted) => {
      if (!wanted) return
      queueMicrotask(() => stop())
      // Without them the talk begins as well.
      const intake = await fetchIntakeOf(consultationId()).catch(() => null)
      const { text, pictures } = chat.drafts.of(conversationId)
      if (!intake || !isWanted() || text !== '' || pictures.length > 0) return
      isReady.value = true
      await chat.drafts.write(conversationId, intake.complaint)
    },
    { immediate: true },
  )
  return { isReady }
}
