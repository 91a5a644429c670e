/** What nobody has got yet: messages that wait or were refused, and what was begun. On the device, and in memory where it takes nothing. */
import { readUnsent } from './device/outbox-storage'
import { useChat } from './store'

export async function unsentIn(accountId: string): Promise<{ count: number; conversationId: string | null }> {
  const chat = useChat()
  const kept = await readUnsent(accountId)
  const messages = new Map([
    ...kept.messages,
    ...[...chat.outgoing.values()].flat().map(({ clientId, conversationId }) => [clientId, conversationId] as const),
  ])
  const drafts = new Set([...kept.drafts, ...chat.drafts.begun()])
  const [conversationId = null] = [...messages.values(), ...drafts]
  return { count: messages.size + drafts.size, conversationId }
}
