import { onUnmounted } from 'vue'
import { useSession } from '@/features/accounts/store'
import { realtime } from '@/shared/realtime'

/** The server's lease is five seconds, so this often keeps it alive. */
const EVERY_MS = 2000
const IDLE_MS = 4000

/** Tells the other side that somebody writes: seldom, and never longer than it is so. */
export function useTypingNotice(receiverId: () => string) {
  const session = useSession()
  let toldAt = 0
  let isTold = false
  let idle: ReturnType<typeof setTimeout> | undefined

  function tell(isTyping: boolean): void {
    if (session.me) realtime.notify('typing', { senderId: session.me.id, receiverId: receiverId(), isTyping })
    isTold = isTyping
  }

  function stop(): void {
    clearTimeout(idle)
    toldAt = 0
    if (isTold) tell(false)
  }

  function write(): void {
    clearTimeout(idle)
    idle = setTimeout(stop, IDLE_MS)
    const now = Date.now()
    if (now - toldAt < EVERY_MS) return
    toldAt = now
    tell(true)
  }

  /** A sent message says as much; the other side takes the sign away by itself. */
  function sent(): void {
    clearTimeout(idle)
    toldAt = 0
    isTold = false
  }

  onUnmounted(stop)
  return { write, stop, sent }
}
