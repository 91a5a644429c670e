/** What was last read, on the device: conversations, and the newest messages of those that were opened. */
import type { Conversation, Message } from '@/shared/api/types'
import { serverNow } from '@/shared/time/server-clock'
import { inOrder } from '../conversations'
import { onDevice } from './database'

/** Enough for the bus home; what is older is asked for. */
const MOST_CONVERSATIONS = 30
const MOST_MESSAGES = 60

/** `messages` are missing where the conversation is only known from the list: what is kept of it stays. */
export interface Known {
  conversation: Conversation
  messages?: readonly Message[]
}

export async function keepConversations(accountId: string, known: readonly Known[]): Promise<void> {
  await onDevice(async (device) => {
    const change = device.transaction('conversations', 'readwrite')
    const keptAt = serverNow()
    for (const { conversation, messages } of known) {
      const newest =
        messages?.slice(-MOST_MESSAGES) ?? (await change.store.get([accountId, conversation.id]))?.messages ?? null
      await change.store.put({ accountId, conversationId: conversation.id, keptAt, conversation, messages: newest })
    }
    const mine = change.store.index('account')
    // All of them with their messages are read only where some have to go.
    if ((await mine.count(accountId)) > MOST_CONVERSATIONS) {
      for (const { id } of inOrder((await mine.getAll(accountId)).map(({ conversation }) => conversation)).slice(
        MOST_CONVERSATIONS,
      ))
        await change.store.delete([accountId, id])
    }
    await change.done
  })
}

export async function keptConversations(accountId: string): Promise<Conversation[]> {
  const kept = (await onDevice((device) => device.getAllFromIndex('conversations', 'account', accountId))) ?? []
  return kept.map(({ conversation }) => conversation)
}

export async function keptMessages(accountId: string, conversationId: string): Promise<readonly Message[] | null> {
  return (await onDevice((device) => device.get('conversations', [accountId, conversationId])))?.messages ?? null
}

/** It is not ours any more. */
export async function forgetConversation(accountId: string, conversationId: string): Promise<void> {
  await onDevice((device) => device.delete('conversations', [accountId, conversationId]))
}
