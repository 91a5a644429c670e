import { computed, onMounted, ref, shallowRef } from 'vue'
import { useSession } from '@/features/accounts/store'
import { viewerZone } from '@/shared/formats/useFormats'
import { rowsOf } from '../rows'
import { useChat } from '../store'
import { hasOlder } from '../thread'

/** One conversation for the page that shows it: what is known at once, then what the server says. */
export function useConversation(id: string) {
  const chat = useChat()
  const session = useSession()
  const zone = viewerZone()

  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const isLoadingOlder = ref(false)
  const olderFailed = ref(false)

  const conversation = computed(() => (chat.threads.has(id) ? (chat.conversations.get(id) ?? null) : null))
  const thread = computed(() => chat.threadOf(id))
  const outgoing = computed(() => chat.outgoing.get(id) ?? [])
  const goesOn = computed(() => hasOlder(thread.value))
  const rows = computed(() =>
    conversation.value
      ? rowsOf(thread.value.messages, outgoing.value, {
          me: session.me?.id ?? '',
          zone,
          marks: conversation.value,
          previews: chat.previews,
          startedAt: goesOn.value ? null : conversation.value.createdAt,
          endedAt: conversation.value.endedAt,
        })
      : [],
  )

  async function load(): Promise<void> {
    isLoading.value = true
    try {
      await chat.open(id)
      failure.value = null
    } catch (error) {
      failure.value = error
    } finally {
      isLoading.value = false
    }
  }

  async function loadOlder(): Promise<void> {
    if (isLoadingOlder.value) return
    isLoadingOlder.value = true
    try {
      await chat.loadOlder(id)
      olderFailed.value = false
    } catch {
      olderFailed.value = true
    } finally {
      isLoadingOlder.value = false
    }
  }

  onMounted(load)
  return { conversation, rows, goesOn, failure, isLoading, isLoadingOlder, olderFailed, load, loadOlder }
}
