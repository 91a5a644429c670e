/** The app's connection, ready to use: `realtime.onEvent('newMessage', …)`. App.vue starts and stops it with the session. */
import { reportSessionEnded } from '@/shared/api/session-fetch'
import { renewSession } from '@/shared/api/session-renewal'
import { createConnection } from './connection'

export type { ConnectionState } from './connection'
export type { ServerEvents } from './events'

export const realtime = createConnection({
  // Fetched only when somebody signs in: visitors need no socket.
  open: async (introduction) => {
    const { io } = await import('socket.io-client')
    return io({
      autoConnect: false,
      withCredentials: false,
      auth: (give) => give(introduction()),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 1000,
      reconnectionDelayMax: 15_000,
      randomizationFactor: 0.5,
    })
  },
  renew: renewSession,
  sessionEnded: reportSessionEnded,
})
