import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import { realtime } from '.'

/** Who is online right now, among those whom the viewer may see. */
export const usePresence = defineStore('presence', () => {
  const online = shallowRef<ReadonlySet<string>>(new Set())
  /** False until the server has spoken, and again while we are cut off: then what HTTP last said counts. */
  const isKnown = ref(false)

  realtime.onEvent('getOnlineUsers', (ids) => {
    online.value = new Set(ids)
    isKnown.value = true
  })
  watch(realtime.state, (state) => {
    if (state !== 'online') isKnown.value = false
  })

  /** Whether somebody is online, or null when we cannot know. */
  function isOnline(userId: string): boolean | null {
    return isKnown.value ? online.value.has(userId) : null
  }

  return { online, isKnown, isOnline }
})
