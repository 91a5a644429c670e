import { computed, onMounted, ref, shallowRef } from 'vue'
import { useSession } from '@/features/accounts/store'
import { viewerZone } from '@/shared/formats/viewer-zone'
import { rowsOf } from '../rows'
import { useChat } from '../store'
import { useArrival } from './useArrival'
import { hasNewer, hasOlder, shownOf } from '../thread'
import { useMore } from '@/shared/api/useMore'

/** One conversation for the page that shows it: what is known at once, then what the server says. */
export function useConversation(id: string, isAttended: () => boolean) {
  const chat = useChat()
  const session = useSession()
  const zone = viewerZone()

  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const isLoaded = ref(false)

  const conversation = computed(() => (chat.threads.has(id) ? (chat.conversations.get(id) ?? null) : null))
  const { arrival, leave: answered } = useArrival(
    () => conversation.value,
    () => isLoaded.value,
    isAttended,
  )
  const thread = computed(() => chat.threadOf(id))
  const goesUp = computed(() => hasOlder(thread.value))
  const goesDown = computed(() => hasNewer(thread.value))
  // What waits stands after the newest, which may be further down.
  const outgoing = computed(() => (goesDown.value ? [] : (chat.outgoing.get(id) ?? [])))
  const rows = computed(() =>
    conversation.value
      ? rowsOf(shownOf(thread.value), outgoing.value, {
          me: session.me?.id ?? '',
          zone,
          marks: conversation.value,
          previews: chat.previews,
          startedAt: goesUp.value ? null : conversation.value.createdAt,
          isFollowUp: conversation.value.isFollowUp,
          endedAt: goesDown.value ? null : conversation.value.endedAt,
          arrival: arrival.value,
        })
      : [],
  )

  async function load(): Promise<void> {
    isLoading.value = true
    try {
      await chat.open(id)
      failure.value = null
      isLoaded.value = true
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  const older = useMore(() => chat.loadOlder(id))
  const newer = useMore(() => chat.loadNewer(id))

  onMounted(load)
  return { conversation, rows, arrival, answered, goesUp, goesDown, failure, isLoading, isLoaded, load, older, newer }
}
