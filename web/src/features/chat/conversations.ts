/** One conversation as the list shows it. Pure: every change gives a new value, and none of them goes back in time. */
import type { Conversation, Message } from '@/shared/api/types'
import { laterMarks, receiptIn, withReceipt, type Marks, type Receipt } from './receipts'

const marksOf = ({ deliveredSeq, readSeq, counterpartDeliveredSeq, counterpartReadSeq }: Conversation): Marks => ({
  deliveredSeq,
  readSeq,
  counterpartDeliveredSeq,
  counterpartReadSeq,
})

/** What the server says now, beside what events told meanwhile: an answer may be older than an event. */
export function mergeConversation(known: Conversation | undefined, said: Conversation): Conversation {
  if (!known) return said
  const isOlder = said.lastSeq < known.lastSeq || said.readSeq < known.readSeq
  const hasEnded = known.status === 'ended'
  return {
    ...said,
    ...laterMarks(marksOf(known), marksOf(said)),
    status: hasEnded ? 'ended' : said.status,
    endedAt: said.endedAt ?? known.endedAt,
    lastSeq: Math.max(known.lastSeq, said.lastSeq),
    lastMessage: (known.lastMessage?.seq ?? 0) > (said.lastMessage?.seq ?? 0) ? known.lastMessage : said.lastMessage,
    unreadCount: isOlder ? known.unreadCount : said.unreadCount,
  }
}

/** The conversation after a message of either side. The same message again changes nothing. */
export function withMessage(conversation: Conversation, message: Message, me: string): Conversation {
  const receipt = receiptIn(message, me)
  const marks = receipt ? withReceipt(marksOf(conversation), receipt, me) : marksOf(conversation)
  const isNews = message.seq > conversation.lastSeq
  const isUnread = isNews && message.senderId !== me && message.seq > conversation.readSeq
  return {
    ...conversation,
    ...marks,
    lastSeq: Math.max(conversation.lastSeq, message.seq),
    lastMessage: message.seq >= (conversation.lastMessage?.seq ?? 0) ? message : conversation.lastMessage,
    unreadCount: conversation.unreadCount + (isUnread ? 1 : 0),
  }
}

/**
 * The conversation after a receipt of either side. `known` are the messages here: when another device of ours has read a part,
 * they tell how much is left; null when they cannot, and the server has to be asked.
 */
export function withMark(
  conversation: Conversation,
  receipt: Receipt,
  me: string,
  known: readonly Message[],
): Conversation | null {
  const marks = withReceipt(marksOf(conversation), receipt, me)
  const changed = { ...conversation, ...marks }
  if (receipt.userId !== me || receipt.kind !== 'read' || marks.readSeq === conversation.readSeq) return changed
  if (marks.readSeq >= conversation.lastSeq) return { ...changed, unreadCount: 0 }
  const isComplete =
    (known[0]?.seq ?? Infinity) <= marks.readSeq + 1 && (known.at(-1)?.seq ?? 0) >= conversation.lastSeq
  if (!isComplete) return null
  return {
    ...changed,
    unreadCount: known.filter((message) => message.senderId !== me && message.seq > marks.readSeq).length,
  }
}

export function ended(conversation: Conversation, at: string): Conversation {
  return conversation.status === 'ended'
    ? conversation
    : { ...conversation, status: 'ended', endedAt: conversation.endedAt ?? at }
}

/** When something last happened. */
export const lastMoment = (conversation: Conversation) => conversation.lastMessage?.createdAt ?? conversation.createdAt

/** Running ones first, and among them the latest. */
export function inOrder(conversations: Iterable<Conversation>): Conversation[] {
  return [...conversations].sort(
    (a, b) =>
      Number(b.status === 'active') - Number(a.status === 'active') ||
      lastMoment(b).localeCompare(lastMoment(a)) ||
      b.id.localeCompare(a.id),
  )
}

/** The talks under way beside this one, in the order in which they began: what is said in them moves none under a finger. */
export function othersRunning(active: readonly Conversation[], current: string): Conversation[] {
  return active
    .filter(({ id }) => id !== current)
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
}
