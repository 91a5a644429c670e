/**
 * The one socket of the app. It carries news; HTTP carries truth: whoever keeps a list asks HTTP again in `onConnected`,
 * which runs after every connect, the first one included. Listeners belong to the connection and not to a socket, so they are
 * registered once and survive signing out and in again.
 */
import { readonly, ref, type Ref } from 'vue'
import type { Socket } from 'socket.io-client'
import { isProblemBody, NetworkFailure, problemFromBody } from '@/shared/api/problem'
import type { Notices, Requests, ServerEvents } from './events'

export type ConnectionState = 'offline' | 'connecting' | 'online'

/** What the connection needs of a socket, so that tests can hand in a fake. */
export type SocketLike = Pick<
  Socket,
  | 'connected'
  | 'active'
  | 'connect'
  | 'disconnect'
  | 'on'
  | 'onAny'
  | 'timeout'
  | 'emit'
  | 'volatile'
  | 'removeAllListeners'
  | 'offAny'
>

export interface ConnectionOptions {
  /** `introduction` gives what the handshake says, anew for every connect. */
  open: (introduction: () => Introduction) => Promise<SocketLike>
  /** Gets a fresh access token; `ended` means that nobody is signed in any more. */
  renew: () => Promise<'renewed' | 'ended'>
  sessionEnded: () => void
  /** Milliseconds before the given try; handed in so that tests do not wait. */
  pause?: (attempt: number) => number
}

/** 1, 2, 4, … up to 30 seconds, each spread by half, so that phones do not return all at once after a restart. */
const jittered = (attempt: number) => Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5)) * (0.5 + Math.random())

/** A page that was hidden for so long may have lost its line without being told. */
const HIDDEN_MS = 5_000
/** Longer than an answer of a few bytes takes on a weak signal. */
const PROBE_MS = 3_000

type Listener = (payload: never) => void

/** What the handshake's `auth` says: who we are is in the cookie, how far we are is not. */
export interface Introduction {
  /** By conversation, the last message that is here: the server sends at once what follows. */
  lastSeq?: Record<string, number>
}

export interface Connection {
  readonly state: Readonly<Ref<ConnectionState>>
  start: () => Promise<void>
  stop: () => void
  onEvent: <Name extends keyof ServerEvents>(name: Name, listener: (payload: ServerEvents[Name]) => void) => () => void
  onConnected: (listener: () => void) => () => void
  /** Sets what every handshake from now on says. */
  introduceWith: (introduction: () => Introduction) => void
  request: <Name extends keyof Requests>(
    name: Name,
    payload: Requests[Name]['payload'],
    timeoutMs?: number,
  ) => Promise<Requests[Name]['answer']>
  notify: <Name extends keyof Notices>(name: Name, payload: Notices[Name]) => void
}

export function createConnection({ open, renew, sessionEnded, pause = jittered }: ConnectionOptions): Connection {
  const state = ref<ConnectionState>('offline')
  const listeners = new Map<string, Set<Listener>>()
  const connectedListeners = new Set<() => void>()
  let introduction = (): Introduction => ({})
  let socket: SocketLike | null = null
  let wanted = false
  let refusals = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  function reconnectLater(): void {
    clearTimeout(retry)
    retry = setTimeout(() => socket?.connect(), pause(refusals))
  }

  /** The server refused us or threw us out: socket.io leaves what follows to us. */
  async function proveIdentity(): Promise<void> {
    refusals += 1
    try {
      const outcome = await renew()
      if (!wanted) return
      if (outcome === 'ended') {
        stop()
        sessionEnded()
        return
      }
    } catch {
      // Nobody could say whether the session lives; the next try will.
    }
    // The first renewal may connect at once. If the fresh token is refused too, hurrying would not help.
    if (refusals === 1) socket?.connect()
    else reconnectLater()
  }

  function attach(fresh: SocketLike): void {
    fresh.on('connect', () => {
      refusals = 0
      state.value = 'online'
      for (const listener of connectedListeners) listener()
    })
    fresh.on('disconnect', (reason: string) => {
      state.value = wanted ? 'connecting' : 'offline'
      if (wanted && reason === 'io server disconnect') void proveIdentity()
    })
    fresh.on('connect_error', (error: Error) => {
      state.value = 'connecting'
      if (error.message === 'unauthenticated') void proveIdentity()
      else if (!fresh.active) {
        refusals += 1
        reconnectLater()
      }
    })
    fresh.onAny((name: string, payload: unknown) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never)
    })
  }

  /**
   * A line may be dead and look open, until the heartbeat finds out. Asks for nothing, which is refused at once: whoever hears that is
   * connected. Until then nobody claims it.
   */
  async function probe(): Promise<void> {
    const probed = socket
    if (!wanted || !probed?.connected || state.value === 'connecting') return
    state.value = 'connecting'
    try {
      await probed.timeout(PROBE_MS).emitWithAck('markAsDelivered', {})
      if (probed === socket && probed.connected) state.value = 'online'
    } catch {
      if (probed !== socket) return
      probed.disconnect()
      probed.connect()
    }
  }

  const hurry = () => {
    if (!wanted || !socket) return
    if (socket.connected) void probe()
    else socket.connect()
  }

  let hiddenAt = 0
  function onVisibility(): void {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now()
    else if (Date.now() - hiddenAt > HIDDEN_MS) hurry()
  }

  async function start(): Promise<void> {
    if (wanted) return
    wanted = true
    state.value = 'connecting'
    let fresh: SocketLike
    try {
      fresh = await open(() => introduction())
    } catch {
      // The socket's code did not arrive (no signal, a new release): try again like any other connect.
      if (!wanted) return
      wanted = false
      refusals += 1
      retry = setTimeout(() => void start(), pause(refusals))
      return
    }
    if (!wanted || socket) return
    socket = fresh
    attach(fresh)
    fresh.connect()
    window.addEventListener('online', hurry)
    document.addEventListener('visibilitychange', onVisibility)
  }

  function stop(): void {
    wanted = false
    refusals = 0
    clearTimeout(retry)
    window.removeEventListener('online', hurry)
    document.removeEventListener('visibilitychange', onVisibility)
    socket?.offAny()
    socket?.removeAllListeners()
    socket?.disconnect()
    socket = null
    state.value = 'offline'
  }

  function onEvent<Name extends keyof ServerEvents>(
    name: Name,
    listener: (payload: ServerEvents[Name]) => void,
  ): () => void {
    const known = listeners.get(name) ?? new Set<Listener>()
    listeners.set(name, known)
    known.add(listener as Listener)
    return () => known.delete(listener as Listener)
  }

  function onConnected(listener: () => void): () => void {
    connectedListeners.add(listener)
    if (state.value === 'online') listener()
    return () => connectedListeners.delete(listener)
  }

  function introduceWith(words: () => Introduction): void {
    introduction = words
  }

  async function request<Name extends keyof Requests>(
    name: Name,
    payload: Requests[Name]['payload'],
    timeoutMs = 8000,
  ): Promise<Requests[Name]['answer']> {
    // socket.io would keep it and send it some time later; the caller should know now.
    if (!socket?.connected) throw new NetworkFailure('not connected')
    let answer: unknown
    try {
      answer = await socket.timeout(timeoutMs).emitWithAck(name, payload)
    } catch (error) {
      throw new NetworkFailure(`no answer to ${name}`, { cause: error })
    }
    if (isProblemBody(answer)) throw problemFromBody(answer)
    return answer as Requests[Name]['answer']
  }

  function notify<Name extends keyof Notices>(name: Name, payload: Notices[Name]): void {
    if (socket?.connected) socket.volatile.emit(name, payload)
  }

  return { state: readonly(state), start, stop, onEvent, onConnected, introduceWith, request, notify }
}
