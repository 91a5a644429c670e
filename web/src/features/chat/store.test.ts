// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useSession } from '@/features/accounts/store'
import { NetworkFailure, Problem } from '@/shared/api/problem'
import type { Account, Message } from '@/shared/api/types'
import { useUnread } from '@/shared/realtime/unread'
import * as api from './api'
import { keptMessages } from './device/conversation-storage'
import { clearDevice, onDevice } from './device/database'
import { keep } from './device/outbox-storage'
import { useChat } from './store'
import { conversation, ME, message, mine, OTHER, ROOM, written } from './testing'
import { shownOf } from './thread'

const socket = vi.hoisted(() => ({
  introduce: (): unknown => undefined,
  listeners: new Map<string, (payload: unknown) => void>(),
  connected: (): void => undefined,
  asked: [] as [string, unknown][],
}))

vi.mock('@/shared/realtime', () => ({
  realtime: {
    state: ref('online'),
    onEvent: (name: string, listener: (payload: unknown) => void) => {
      socket.listeners.set(name, listener)
      return () => undefined
    },
    onConnected: (listener: () => void) => {
      socket.connected = listener
      return () => undefined
    },
    introduceWith: (introduction: () => unknown) => {
      socket.introduce = introduction
    },
    request: async (name: string, payload: unknown) => {
      socket.asked.push([name, payload])
    },
  },
}))
vi.mock('@/features/accounts/api', () => ({
  fetchMe: () =>
    Promise.resolve({
      id: 'me',
      username: 'Rara',
      email: 'r@contoh.id',
      roles: 'user',
      phone_number: '',
      picture: null,
    } satisfies Account),
}))
vi.mock('./api')

const server = vi.mocked(api)
const hear = (name: string, payload: unknown) => socket.listeners.get(name)?.(payload)

/** The server's conversation, page by page as it is asked. */
let stored: Message[] = []

function serve(messages: Message[]): void {
  stored = messages
}

async function enter(unreadCount = 0) {
  setActivePinia(createPinia())
  const session = useSession()
  await session.ready
  const about = () =>
    conversation({ lastSeq: stored.at(-1)?.seq ?? 0, lastMessage: stored.at(-1) ?? null, unreadCount })
  server.fetchConversations.mockImplementation(async () => ({ items: [about()], nextCursor: null }))
  server.fetchConversation.mockImplementation(async () => about())
  server.fetchNewest.mockImplementation(async () => ({ items: stored.slice(-40), nextCursor: null }))
  server.fetchBefore.mockImplementation(async (_id, before) => ({
    items: stored.filter(({ seq }) => seq < before).slice(-40),
    nextCursor: null,
  }))
  server.fetchAfter.mockImplementation(async (_id, after) => {
    const items = stored.filter(({ seq }) => seq > after).slice(0, 100)
    return {
      items,
      nextCursor: (items.at(-1)?.seq ?? after) < (stored.at(-1)?.seq ?? 0) ? String(items.at(-1)?.seq) : null,
    }
  })
  const chat = useChat()
  await flushPromises()
  return chat
}

async function say(chat: ReturnType<typeof useChat>, text: string) {
  await chat.drafts.write(ROOM, text)
  chat.send(ROOM)
  await vi.waitFor(() => expect(server.postMessage).toHaveBeenCalled())
}

const seqs = (chat: ReturnType<typeof useChat>) => chat.threadOf(ROOM).messages.map(({ seq }) => seq)

describe('the chat store', () => {
  beforeEach(async () => {
    await clearDevice(ME)
    socket.asked.length = 0
    vi.resetAllMocks()
  })

  // What a store is still after, seconds later, would be asked for in the next test.
  afterEach(async () => {
    useSession().me = null
    await flushPromises()
  })

  it('keeps one number of unread messages for everybody who shows it', async () => {
    serve([message(1), message(2)])
    const chat = await enter(2)
    expect(chat.unreadTotal).toBe(2)
    expect(useUnread().total).toBe(2)
    expect(document.title).toContain('(2)')
    hear('newMessage', message(3))
    await flushPromises()
    expect(useUnread().total).toBe(3)
    hear('messagesRead', { userId: ME, conversationId: ROOM, seq: 3 })
    await flushPromises()
    expect(useUnread().total).toBe(0)
    expect(document.title).not.toContain('(')
  })

  it('asks for what is missing when a message comes too early', async () => {
    serve([message(1)])
    const chat = await enter()
    await chat.open(ROOM)
    serve([message(1), message(2), message(3), message(4)])
    hear('newMessage', message(4))
    expect(seqs(chat)).toEqual([1])
    await flushPromises()
    expect(server.fetchAfter).toHaveBeenCalledWith(ROOM, 1)
    expect(seqs(chat)).toEqual([1, 2, 3, 4])
  })

  it('fetches everything that it missed after a connect, however many pages', async () => {
    serve([message(1)])
    const chat = await enter()
    await chat.open(ROOM)
    serve(Array.from({ length: 250 }, (_, index) => message(index + 1)))
    socket.connected()
    await flushPromises()
    expect(seqs(chat)).toHaveLength(250)
    expect(server.fetchAfter.mock.calls.map(([, after]) => after).slice(0, 3)).toEqual([1, 101, 201])
  })

  it('turns an optimistic message into the stored one by its clientId, whoever brings it first', async () => {
    serve([])
    const chat = await enter()
    await chat.open(ROOM)
    let answer: (stored: Message) => void = () => undefined
    server.postMessage.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
    await say(chat, 'Merah muda, Dok')
    const [waiting] = chat.outgoing.get(ROOM) ?? []
    const saved = mine(1, { clientId: waiting?.clientId ?? '', message: 'Merah muda, Dok' })
    hear('newMessage', saved)
    expect(chat.outgoing.get(ROOM)).toBeUndefined()
    expect(seqs(chat)).toEqual([1])
    answer(saved)
    await flushPromises()
    expect(seqs(chat)).toEqual([1])
    expect(chat.conversations.get(ROOM)?.unreadCount).toBe(0)
  })

  it('sends what an earlier visit left, with the same clientId', async () => {
    await keep(ME, written('c1'))
    serve([])
    server.postMessage.mockResolvedValue(mine(1, { clientId: 'c1' }))
    await enter()
    await vi.waitFor(() =>
      expect(server.postMessage).toHaveBeenCalledWith(ROOM, { message: 'c1', clientId: 'c1', attachments: [] }),
    )
    await vi.waitFor(async () => expect(await onDevice((device) => device.count('outbox'))).toBe(0))
  })

  it('says that a message arrived here, once for several in a moment', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    serve([message(1)])
    await enter()
    hear('newMessage', message(2))
    hear('newMessage', message(3))
    await vi.advanceTimersByTimeAsync(150)
    vi.useRealTimers()
    expect(socket.asked).toEqual([['markAsDelivered', { conversationId: ROOM, seq: 3 }]])
  })

  it('shows who types until a message comes from them', async () => {
    serve([])
    const chat = await enter()
    hear('userTyping', { userId: OTHER, isTyping: true })
    expect(chat.isTyping(OTHER)).toBe(true)
    hear('newMessage', message(1))
    expect(chat.isTyping(OTHER)).toBe(false)
  })

  it('counts an end that the other one made first as made', async () => {
    serve([])
    const chat = await enter()
    server.endConversation.mockRejectedValue(
      new Problem(400, 'conversation_already_ended', 'Percakapan sudah berakhir.'),
    )
    await expect(chat.end(ROOM)).resolves.toBeUndefined()
    server.endConversation.mockRejectedValue(new Problem(503, 'unavailable', 'busy'))
    await expect(chat.end(ROOM)).rejects.toThrow('busy')
  })

  it('ends live when the other side ends', async () => {
    serve([])
    const chat = await enter()
    hear('conversationEnded', { conversationId: ROOM })
    expect(chat.conversations.get(ROOM)?.status).toBe('ended')
  })

  it('puts older messages in front', async () => {
    serve(Array.from({ length: 60 }, (_, index) => message(index + 1)))
    const chat = await enter()
    await chat.open(ROOM)
    expect(seqs(chat)[0]).toBe(21)
    await chat.loadOlder(ROOM)
    expect(seqs(chat)).toHaveLength(60)
    expect(seqs(chat)[0]).toBe(1)
  })

  it('forgets one account before another comes', async () => {
    serve([message(1)])
    const chat = await enter(1)
    useSession().me = null
    await flushPromises()
    expect(chat.inbox).toEqual([])
    expect(useUnread().total).toBe(0)
  })

  it('says in the handshake how far each conversation is here', async () => {
    serve([message(1), message(2)])
    const chat = await enter()
    expect(socket.introduce()).toEqual({ lastSeq: {} })
    await chat.open(ROOM)
    expect(socket.introduce()).toEqual({ lastSeq: { [ROOM]: 2 } })
  })

  it('takes what the server sends after the handshake like any other message', async () => {
    serve([message(1)])
    const chat = await enter()
    await chat.open(ROOM)
    for (const seq of [2, 3, 4]) hear('newMessage', message(seq))
    expect(seqs(chat)).toEqual([1, 2, 3, 4])
    expect(server.fetchAfter).not.toHaveBeenCalled()
  })

  it('asks how many are unread when there is a gap', async () => {
    serve([message(1)])
    const chat = await enter()
    serve([message(1), message(2), message(3), message(4)])
    server.fetchConversation.mockResolvedValue(conversation({ lastSeq: 4, unreadCount: 3, lastMessage: message(4) }))
    hear('newMessage', message(4))
    await flushPromises()
    expect(chat.unreadTotal).toBe(3)
  })

  it('follows what another device of ours has read, all of it or a part', async () => {
    serve([message(1), message(2), message(3)])
    const chat = await enter(3)
    server.fetchConversation.mockResolvedValue(
      conversation({ lastSeq: 3, unreadCount: 1, readSeq: 2, lastMessage: message(3) }),
    )
    hear('messagesRead', { userId: ME, conversationId: ROOM, seq: 2 })
    await flushPromises()
    expect([chat.unreadTotal, useUnread().total]).toEqual([1, 1])
    hear('messagesRead', { userId: ME, conversationId: ROOM, seq: 3 })
    expect(chat.unreadTotal).toBe(0)
    hear('messagesRead', { userId: OTHER, conversationId: ROOM, seq: 3 })
    expect(chat.conversations.get(ROOM)?.counterpartReadSeq).toBe(3)
  })

  it('jumps to a message far up, reads on from there, and comes back to the newest', async () => {
    serve(Array.from({ length: 300 }, (_, index) => message(index + 1)))
    const chat = await enter()
    const shown = () => shownOf(chat.threadOf(ROOM)).map(({ seq }) => seq)
    server.fetchAround.mockImplementation(async (_id, around) => ({
      items: stored.filter(({ seq }) => Math.abs(seq - around) <= 20),
      nextCursor: null,
    }))
    await chat.open(ROOM)
    expect(await chat.jump(ROOM, 50)).toBe(true)
    expect([shown()[0], shown().at(-1)]).toEqual([30, 70])
    await chat.loadNewer(ROOM)
    await chat.loadOlder(ROOM)
    expect([shown()[0], shown().at(-1)]).toEqual([1, 170])
    hear('newMessage', message(301))
    expect(shown().at(-1)).toBe(170)
    chat.toNewest(ROOM)
    expect(shown().at(-1)).toBe(301)
    expect(await chat.jump(ROOM, 299)).toBe(true)
    expect(server.fetchAround).toHaveBeenCalledTimes(1)
  })

  it('reads down from a jump until it meets the newest', async () => {
    serve(Array.from({ length: 120 }, (_, index) => message(index + 1)))
    const chat = await enter()
    server.fetchAround.mockImplementation(async (_id, around) => ({
      items: stored.filter(({ seq }) => Math.abs(seq - around) <= 5),
      nextCursor: null,
    }))
    await chat.open(ROOM)
    await chat.jump(ROOM, 20)
    await chat.loadNewer(ROOM)
    expect(chat.threadOf(ROOM).part).toBeNull()
    expect(seqs(chat)).toEqual(Array.from({ length: 106 }, (_, index) => index + 15))
    expect(await chat.jump(ROOM, 999)).toBe(false)
  })

  describe('without a signal', () => {
    const hide = () => {
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
      document.dispatchEvent(new Event('visibilitychange'))
      vi.restoreAllMocks()
    }

    /** Somebody reads, puts the phone away, and opens the app again where there is none. */
    async function comeBack() {
      serve([message(1), message(2)])
      const before = await enter(1)
      await before.open(ROOM)
      await flushPromises()
      hide()
      await vi.waitFor(async () => expect(await keptMessages(ME, ROOM)).toHaveLength(2))
      setActivePinia(createPinia())
      await useSession().ready
      for (const ask of [server.fetchConversations, server.fetchConversation, server.fetchNewest, server.fetchAfter])
        ask.mockReset().mockRejectedValue(new NetworkFailure())
      const chat = useChat()
      await vi.waitFor(() => expect(chat.inbox).toHaveLength(1))
      return chat
    }

    it('shows what was read here before', async () => {
      const chat = await comeBack()
      await expect(chat.open(ROOM)).rejects.toBeInstanceOf(NetworkFailure)
      expect(seqs(chat)).toEqual([1, 2])
      expect(chat.unreadTotal).toBe(1)
    })

    it('is put right by the server, also about what its list does not reach any more', async () => {
      const chat = await comeBack()
      server.fetchConversations.mockResolvedValue({ items: [], nextCursor: null })
      server.fetchConversation.mockResolvedValue(conversation({ status: 'ended', lastSeq: 2, readSeq: 2 }))
      socket.connected()
      await vi.waitFor(() => expect(chat.active).toEqual([]))
      expect(chat.unreadTotal).toBe(0)
    })

    it('forgets what is not ours any more without being opened', async () => {
      const chat = await comeBack()
      server.fetchConversations.mockResolvedValue({ items: [], nextCursor: null })
      server.fetchConversation.mockReset().mockRejectedValue(new Problem(404, 'not_found', ''))
      socket.connected()
      await vi.waitFor(() => expect(chat.inbox).toEqual([]))
      await vi.waitFor(async () => expect(await keptMessages(ME, ROOM)).toBeNull())
    })

    it('forgets what the server says is not ours', async () => {
      const chat = await comeBack()
      server.fetchConversation.mockReset().mockRejectedValue(new Problem(403, 'forbidden', ''))
      await expect(chat.open(ROOM)).rejects.toBeInstanceOf(Problem)
      expect(chat.inbox).toEqual([])
      await vi.waitFor(async () => expect(await keptMessages(ME, ROOM)).toBeNull())
    })
  })
})
