/** Writes down what is read here, a moment later, so that it can be read without a signal. */
import { watch } from 'vue'
import type { Conversation } from '@/shared/api/types'
import { keepConversations, type Known } from './device/conversation-storage'
import type { Thread } from './thread'

/** Events come in bursts. */
const PAUSE_MS = 300

export interface RememberingOptions {
  me: () => string
  conversations: Map<string, Conversation>
  threads: Map<string, Thread>
}

export function createRemembering({ me, conversations, threads }: RememberingOptions) {
  const written = new Map<string, Known>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const changed: Known[] = []
    for (const conversation of conversations.values()) {
      const known: Known = { conversation, messages: threads.get(conversation.id)?.messages }
      const before = written.get(conversation.id)
      if (before?.conversation === conversation && before.messages === known.messages) continue
      written.set(conversation.id, known)
      changed.push(known)
    }
    if (changed.length > 0 && me() !== '') void keepConversations(me(), changed)
  }

  watch([conversations, threads], () => {
    timer ??= setTimeout(write, PAUSE_MS)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) write()
  })

  return {
    /** What was read from the device needs no writing. */
    noteKept: (conversation: Conversation) => void written.set(conversation.id, { conversation }),
    forget(): void {
      clearTimeout(timer)
      timer = undefined
      written.clear()
    },
  }
}
