/**
 * The chat of this device: every conversation, their messages, what waits to be sent, who types. HTTP answers and socket events
 * come in through `absorb` (messages), `put` (conversations) and `receive` (receipts), and nowhere else.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { setTitleCount } from '@/shared/a11y/page-title'
import { newIdempotencyKey } from '@/shared/api/idempotency'
import { Problem } from '@/shared/api/problem'
import type { Conversation, Message } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { useUnread } from '@/shared/realtime/unread'
import * as chat from './api'
import { createCatchUp } from './catch-up'
import { ended, inOrder, mergeConversation, withMark, withMessage } from './conversations'
import { clearDevice, draftOf, keepDraft } from './drafts'
import { createMarker } from './marks'
import { oneAtATime } from './one-at-a-time'
import { createOutbox } from './outbox'
import * as storage from './outbox-storage'
import type { Outgoing, OutgoingPicture } from './outgoing'
import type { Receipt } from './receipts'
import { emptyThread, firstSeq, hasOlder, isBehind, lastSeq, merge, threadOf, type Thread } from './thread'
import { createTypists } from './typing'

export const useChat = defineStore('chat', () => {
  const session = useSession()
  const unread = useUnread()
  const me = computed(() => session.me?.id ?? '')

  const conversations = shallowReactive(new Map<string, Conversation>())
  const threads = shallowReactive(new Map<string, Thread>())
  /** Pictures sent from here are shown from here: no second download, no flicker. */
  const previews = shallowReactive(new Map<string, string>())
  const typists = createTypists()

  const isLoading = ref(false)
  const isLoaded = ref(false)
  const failure = shallowRef<unknown>(null)
  const cursor = ref<string | null>(null)
  const isLoadingMore = ref(false)
  const moreFailed = ref(false)
  /** Grows with every change of account, so that answers to the one before are recognised. */
  let visit = 0

  const inbox = computed(() => inOrder(conversations.values()))
  const active = computed(() => inbox.value.filter(({ status }) => status === 'active'))
  const unreadTotal = computed(() => inbox.value.reduce((sum, { unreadCount }) => sum + unreadCount, 0))
  watch(unreadTotal, (count) => {
    unread.total = count
    setTitleCount(count)
  })

  const isThreadBehind = (id: string) => {
    const thread = threads.get(id)
    return thread !== undefined && isBehind(thread, conversations.get(id)?.lastSeq ?? 0)
  }

  const marker = createMarker({
    me: () => me.value,
    conversation: (id) => conversations.get(id),
    done: (conversationId, seq, kind) => receive(conversationId, { userId: me.value, seq, kind }),
  })
  const { catchUp, clear: stopCatchingUp } = createCatchUp({ thread: (id) => threads.get(id), absorb, isBehind: isThreadBehind })

  const outbox = createOutbox({
    deliver,
    delivered: (message) => absorb(message.conversationId, [message]),
    refused: (item, problem) => {
      if (problem.code === 'no_active_conversation') void refresh(item.conversationId).catch(() => undefined)
    },
    saved: (item) => storage.keep(me.value, item),
    removed: (item) => {
      storage.forget(me.value, item.clientId)
      for (const { previewUrl } of item.pictures) if (![...previews.values()].includes(previewUrl)) URL.revokeObjectURL(previewUrl)
    },
    isConnected: () => navigator.onLine && realtime.state.value === 'online',
  })

  async function deliver(item: Outgoing, onPicture: (index: number, change: Partial<OutgoingPicture>) => void): Promise<Message> {
    const ids: string[] = []
    for (const [index, picture] of item.pictures.entries()) {
      const attachment = picture.attachment ?? (picture.file ? await chat.uploadPicture(item.conversationId, picture.file, (progress) => onPicture(index, { progress })) : null)
      if (!attachment) continue
      previews.set(attachment.id, picture.previewUrl)
      onPicture(index, { attachment, progress: 1 })
      ids.push(attachment.id)
    }
    return chat.postMessage(item.conversationId, { message: item.text, clientId: item.clientId, attachments: ids })
  }

  /** What the server says about conversations. */
  function put(said: readonly Conversation[]): void {
    for (const one of said) {
      conversations.set(one.id, mergeConversation(conversations.get(one.id), one))
      // The list carries the newest message, so this device has been reached.
      if (one.lastSeq > one.deliveredSeq && one.unreadCount > 0) marker.mark(one.id, one.lastSeq, 'delivered')
      if (isThreadBehind(one.id)) void catchUp(one.id)
    }
  }

  /** Messages of one conversation, whoever brought them. */
  function absorb(conversationId: string, messages: readonly Message[]): void {
    const known = conversations.get(conversationId)
    const thread = threads.get(conversationId)
    if (known) conversations.set(conversationId, messages.reduce((conversation, message) => withMessage(conversation, message, me.value), known))
    if (thread) threads.set(conversationId, merge(thread, messages))
    for (const message of messages) {
      if (message.senderId === me.value && message.clientId) outbox.remove(conversationId, message.clientId)
    }
  }

  function receive(conversationId: string, receipt: Receipt): void {
    const known = conversations.get(conversationId)
    if (!known) return
    const after = withMark(known, receipt, me.value, threads.get(conversationId)?.messages ?? [])
    if (after) conversations.set(conversationId, after)
    else void refresh(conversationId).catch(() => undefined)
  }

  async function refresh(conversationId: string): Promise<void> {
    const asked = visit
    const said = await chat.fetchConversation(conversationId)
    if (asked === visit) put([said])
  }

  /** The newest conversations, and older ones while there is something alive among them. What is shown stays until the answer is here. */
  const load = oneAtATime(async () => {
    const asked = visit
    isLoading.value = true
    try {
      let next: string | undefined
      do {
        const page = await chat.fetchConversations(next)
        if (asked !== visit) return
        put(page.items)
        next = page.nextCursor ?? undefined
        if (!isLoaded.value) cursor.value = next ?? null
        if (!page.items.some(({ status, unreadCount }) => status === 'active' || unreadCount > 0)) break
      } while (next)
      isLoaded.value = true
      failure.value = null
    } catch (error) {
      if (asked === visit) failure.value = error
    } finally {
      if (asked === visit) isLoading.value = false
    }
  })

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || cursor.value === null) return
    const asked = visit
    isLoadingMore.value = true
    try {
      const page = await chat.fetchConversations(cursor.value)
      if (asked !== visit) return
      put(page.items)
      cursor.value = page.nextCursor ?? null
      moreFailed.value = false
    } catch {
      if (asked === visit) moreFailed.value = true
    } finally {
      isLoadingMore.value = false
    }
  }

  /** Makes a conversation and its newest messages available. Throws when it cannot be had. */
  async function open(conversationId: string): Promise<void> {
    const asked = visit
    if (threads.has(conversationId)) {
      await Promise.all([refresh(conversationId), catchUp(conversationId)])
      return
    }
    const [conversation, page] = await Promise.all([chat.fetchConversation(conversationId), chat.fetchNewest(conversationId)])
    if (asked !== visit) return
    put([conversation])
    threads.set(conversationId, threadOf(page.items))
    absorb(conversationId, page.items)
    if (isThreadBehind(conversationId)) void catchUp(conversationId)
  }

  async function loadOlder(conversationId: string): Promise<void> {
    const thread = threads.get(conversationId)
    if (!thread || !hasOlder(thread)) return
    const asked = visit
    const page = await chat.fetchBefore(conversationId, firstSeq(thread))
    if (asked === visit) absorb(conversationId, page.items)
  }

  function send(conversationId: string, text: string, pictures: readonly OutgoingPicture[] = []): void {
    outbox.put({ clientId: newIdempotencyKey(), conversationId, text, pictures, writtenAt: new Date().toISOString(), state: 'waiting', failure: null })
  }

  async function end(conversationId: string): Promise<void> {
    try {
      put([(await chat.endConversation(conversationId)).conversation])
    } catch (error) {
      // The other one was faster: what was wanted is so.
      if (!(error instanceof Problem && error.code === 'conversation_already_ended')) throw error
      await refresh(conversationId)
    }
  }

  /** Everything that may have been missed: after a connect, and when somebody looks again. */
  function resync(): void {
    if (!session.isSignedIn) return
    void load()
    for (const id of threads.keys()) void catchUp(id)
    outbox.wake()
  }

  function forget(): void {
    visit += 1
    conversations.clear()
    threads.clear()
    previews.clear()
    outbox.clear()
    marker.clear()
    typists.clear()
    stopCatchingUp()
    isLoading.value = false
    isLoaded.value = false
    failure.value = null
    cursor.value = null
    moreFailed.value = false
  }

  realtime.onEvent('newMessage', (message) => {
    const { conversationId, senderId, seq } = message
    const known = conversations.get(conversationId)
    typists.stop(senderId)
    absorb(conversationId, [message])
    if (!known || (!threads.has(conversationId) && seq > known.lastSeq + 1)) void refresh(conversationId).catch(() => undefined)
    else if (isThreadBehind(conversationId)) void catchUp(conversationId)
    if (senderId !== me.value) marker.mark(conversationId, seq, 'delivered')
  })
  realtime.onEvent('messagesDelivered', ({ conversationId, userId, seq }) => receive(conversationId, { userId, seq, kind: 'delivered' }))
  realtime.onEvent('messagesRead', ({ conversationId, userId, seq }) => receive(conversationId, { userId, seq, kind: 'read' }))
  realtime.onEvent('userTyping', ({ userId, isTyping }) => typists.hear(userId, isTyping))
  realtime.onEvent('conversationStarted', ({ conversationId }) => void refresh(conversationId).catch(() => undefined))
  realtime.onEvent('conversationEnded', ({ conversationId }) => {
    const known = conversations.get(conversationId)
    if (known) conversations.set(conversationId, ended(known, new Date().toISOString()))
    void refresh(conversationId).catch(() => undefined)
  })
  realtime.onConnected(resync)
  // A short gap need not break the socket, yet what was tried meanwhile waits.
  window.addEventListener('online', resync)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') resync()
  })

  watch(
    me,
    (id) => {
      forget()
      if (id === '') return
      const { items, lost } = storage.restore(id)
      for (const { conversationId, text } of lost) {
        if (text) keepDraft(id, conversationId, [draftOf(id, conversationId), text].filter(Boolean).join('\n'))
      }
      outbox.restore(items)
      void load()
    },
    { immediate: true },
  )
  session.$onAction(({ name, after }) => {
    const leaving = me.value
    if (name === 'logOut') after(() => clearDevice(leaving))
  })

  return {
    conversations,
    threads,
    previews,
    outgoing: outbox.queues,
    inbox,
    active,
    unreadTotal,
    isLoading,
    isLoaded,
    failure,
    hasMore: computed(() => cursor.value !== null),
    isLoadingMore,
    moreFailed,
    isTyping: typists.isTyping,
    threadOf: (id: string) => threads.get(id) ?? emptyThread,
    lastSeqOf: (id: string) => lastSeq(threads.get(id) ?? emptyThread),
    load,
    loadMore,
    open,
    loadOlder,
    send,
    retry: outbox.retry,
    discard: outbox.discard,
    markRead: (conversationId: string, seq: number) => marker.mark(conversationId, seq, 'read'),
    end,
  }
})
