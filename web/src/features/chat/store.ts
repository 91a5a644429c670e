/**
 * The chat of this device: every conversation, their messages, what waits to be sent, who types. HTTP answers and socket events
 * come in through `absorb` (messages), `put` (conversations) and `receive` (receipts), and nowhere else.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { setTitleCount } from '@/shared/a11y/page-title'
import { isGone, Problem } from '@/shared/api/problem'
import type { Conversation, Message } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { useUnread } from '@/shared/realtime/unread'
import { serverNow } from '@/shared/time/server-clock'
import * as chat from './api'
import { createCatchUp } from './catch-up'
import { ended, inOrder, mergeConversation, withMark, withMessage } from './conversations'
import { forgetConversation, keptConversations, keptMessages } from './device/conversation-storage'
import { createHistory } from './history'
import { createMarker } from './marks'
import { oneAtATime } from './one-at-a-time'
import type { Receipt } from './receipts'
import { createRemembering } from './remembering'
import { createSending } from './sending'
import { emptyThread, isBehind, lastSeq, merge, type Thread } from './thread'
import { createTypists } from './typing'

/** The handshake says how far the latest conversations are here; the rest is asked for by HTTP. */
const MOST_INTRODUCED = 50

const isAlive = (one: Conversation | undefined) => one !== undefined && (one.status === 'active' || one.unreadCount > 0)

export const useChat = defineStore('chat', () => {
  const session = useSession()
  const unread = useUnread()
  const me = computed(() => session.me?.id ?? '')

  const conversations = shallowReactive(new Map<string, Conversation>())
  const threads = shallowReactive(new Map<string, Thread>())
  const typists = createTypists()

  const isLoading = ref(false)
  const isLoaded = ref(false)
  const failure = shallowRef<unknown>(null)
  const cursor = ref<string | null>(null)
  const isLoadingMore = ref(false)
  const moreFailed = ref(false)
  /** Grows with every change of account, so that answers to the one before are recognised. */
  let visit = 0
  /** Known from an earlier visit only: the server has not spoken of them yet. */
  const recalled = new Set<string>()

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
  const { catchUp, clear: stopCatchingUp } = createCatchUp({
    thread: (id) => threads.get(id),
    absorb,
    isBehind: isThreadBehind,
  })

  const sending = createSending({
    me: () => me.value,
    absorb: (message) => absorb(message.conversationId, [message]),
    catchUp: (conversationId) => void catchUp(conversationId),
    refused: (item, problem) => {
      if (problem.code === 'no_active_conversation') void refresh(item.conversationId).catch(() => undefined)
    },
    isConnected: () => navigator.onLine && realtime.state.value === 'online',
    isOffline: () => !navigator.onLine,
  })

  const remembering = createRemembering({ me: () => me.value, conversations, threads })

  const history = createHistory({
    threads,
    kept: (conversationId) => keptMessages(me.value, conversationId),
    absorb,
    refresh,
    catchUp,
    isBehind: isThreadBehind,
    sameVisit: () => {
      const asked = visit
      return () => asked === visit
    },
  })

  /** What the server says about conversations. */
  function put(said: readonly Conversation[]): void {
    for (const one of said) {
      recalled.delete(one.id)
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
    if (known)
      conversations.set(
        conversationId,
        messages.reduce((conversation, message) => withMessage(conversation, message, me.value), known),
      )
    if (thread) threads.set(conversationId, merge(thread, messages))
    for (const message of messages) {
      if (message.senderId === me.value && message.clientId) sending.stored(message.clientId)
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
    try {
      const said = await chat.fetchConversation(conversationId)
      if (asked === visit) put([said])
    } catch (error) {
      if (asked === visit && isGone(error)) lost(conversationId)
      throw error
    }
  }

  /** What was read here before, until the server says what is true now. */
  async function remember(): Promise<void> {
    const asked = visit
    for (const conversation of await keptConversations(me.value)) {
      if (asked !== visit || conversations.has(conversation.id)) continue
      remembering.noteKept(conversation)
      recalled.add(conversation.id)
      conversations.set(conversation.id, conversation)
    }
  }

  /** The server says that it is not ours: nothing of it stays here. */
  function lost(conversationId: string): void {
    threads.delete(conversationId)
    conversations.delete(conversationId)
    void forgetConversation(me.value, conversationId)
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
        if (!page.items.some(isAlive)) break
      } while (next)
      isLoaded.value = true
      failure.value = null
      // What ran when it was read last may long be over, and so far down that the list above does not reach it.
      for (const id of recalled) if (isAlive(conversations.get(id))) void refresh(id).catch(() => undefined)
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
    sending.wake()
    marker.hurry()
  }

  function forget(): void {
    visit += 1
    conversations.clear()
    threads.clear()
    sending.forget()
    marker.clear()
    typists.clear()
    stopCatchingUp()
    remembering.forget()
    recalled.clear()
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
    // How many are unread in a gap, only the server can say.
    if (!known || seq > known.lastSeq + 1) void refresh(conversationId).catch(() => undefined)
    if (isThreadBehind(conversationId)) void catchUp(conversationId)
    if (senderId !== me.value) marker.mark(conversationId, seq, 'delivered')
  })
  realtime.onEvent('messagesDelivered', ({ conversationId, userId, seq }) =>
    receive(conversationId, { userId, seq, kind: 'delivered' }),
  )
  realtime.onEvent('messagesRead', ({ conversationId, userId, seq }) =>
    receive(conversationId, { userId, seq, kind: 'read' }),
  )
  realtime.onEvent('userTyping', ({ userId, isTyping }) => typists.hear(userId, isTyping))
  realtime.onEvent('conversationStarted', ({ conversationId }) => void refresh(conversationId).catch(() => undefined))
  realtime.onEvent('conversationEnded', ({ conversationId }) => {
    const known = conversations.get(conversationId)
    if (known) conversations.set(conversationId, ended(known, new Date(serverNow()).toISOString()))
    void refresh(conversationId).catch(() => undefined)
  })
  realtime.onConnected(resync)
  realtime.introduceWith(() => ({
    lastSeq: Object.fromEntries([...threads].slice(-MOST_INTRODUCED).map(([id, thread]) => [id, lastSeq(thread)])),
  }))
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
      void sending.restore()
      void remember()
      void load()
    },
    { immediate: true },
  )

  return {
    conversations,
    threads,
    previews: sending.previews,
    outgoing: sending.outgoing,
    drafts: sending.drafts,
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
    open: history.open,
    loadOlder: history.loadOlder,
    loadNewer: history.loadNewer,
    jump: history.jump,
    toNewest: history.toNewest,
    send: sending.send,
    retry: sending.retry,
    edit: sending.edit,
    discard: sending.discard,
    markRead: (conversationId: string, seq: number) => marker.mark(conversationId, seq, 'read'),
    end,
  }
})
