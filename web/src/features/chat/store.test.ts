import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useSession } from '@/features/accounts/store'
import { Problem } from '@/shared/api/problem'
import type { Account, Message } from '@/shared/api/types'
import { useUnread } from '@/shared/realtime/unread'
import * as api from './api'
import { useChat } from './store'
import { conversation, ME, message, mine, OTHER, ROOM } from './testing'

const socket = vi.hoisted(() => ({
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
    request: async (name: string, payload: unknown) => {
      socket.asked.push([name, payload])
    },
  },
}))
vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve({ id: 'me', username: 'Rara', email: 'r@contoh.id', roles: 'user', phone_number: '', picture: null } satisfies Account) }))
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
  const about = () => conversation({ lastSeq: stored.at(-1)?.seq ?? 0, lastMessage: stored.at(-1) ?? null, unreadCount })
  server.fetchConversations.mockImplementation(async () => ({ items: [about()], nextCursor: null }))
  server.fetchConversation.mockImplementation(async () => about())
  server.fetchNewest.mockImplementation(async () => ({ items: stored.slice(-40), nextCursor: null }))
  server.fetchBefore.mockImplementation(async (_id, before) => ({ items: stored.filter(({ seq }) => seq < before).slice(-40), nextCursor: null }))
  server.fetchAfter.mockImplementation(async (_id, after) => {
    const items = stored.filter(({ seq }) => seq > after).slice(0, 100)
    return { items, nextCursor: (items.at(-1)?.seq ?? after) < (stored.at(-1)?.seq ?? 0) ? String(items.at(-1)?.seq) : null }
  })
  const chat = useChat()
  await flushPromises()
  return chat
}

const seqs = (chat: ReturnType<typeof useChat>) => chat.threadOf(ROOM).messages.map(({ seq }) => seq)

describe('the chat store', () => {
  beforeEach(() => {
    localStorage.clear()
    socket.asked.length = 0
    vi.resetAllMocks()
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
    chat.send(ROOM, 'Merah muda, Dok')
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
    localStorage.setItem(`hellopet.outbox.${ME}.c1`, JSON.stringify({ clientId: 'c1', conversationId: ROOM, text: 'belum terkirim', writtenAt: '2026-11-22T02:00:00.000Z', attachments: [] }))
    serve([])
    server.postMessage.mockResolvedValue(mine(1, { clientId: 'c1' }))
    await enter()
    expect(server.postMessage).toHaveBeenCalledWith(ROOM, { message: 'belum terkirim', clientId: 'c1', attachments: [] })
    expect(Object.keys(localStorage).filter((key) => key.startsWith('hellopet.outbox.'))).toEqual([])
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
    server.endConversation.mockRejectedValue(new Problem(400, 'conversation_already_ended', 'Percakapan sudah berakhir.'))
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
})
