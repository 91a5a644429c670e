/** The consultations of whoever is signed in, page by page, and as they change. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import type { Consultation } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { fetchConsultations } from './api'
import { grouped } from './groups'

export const useConsultations = defineStore('consultations', () => {
  const session = useSession()
  const known = shallowReactive(new Map<string, Consultation>())
  const failure = shallowRef<unknown>(null)
  const isLoaded = ref(false)
  const isLoading = ref(false)
  const isLoadingMore = ref(false)
  const moreFailed = ref(false)
  const cursor = ref<string | null>(null)
  let visit = 0

  const groups = computed(() => grouped(known.values()))

  /** Every answer comes in here: the server's newest word on each consultation stands. */
  function put(said: readonly Consultation[]): void {
    for (const consultation of said) known.set(consultation.id, consultation)
  }

  /** The newest page. What is shown stays until the answer is here, and if none comes. */
  async function load(): Promise<void> {
    const asked = visit
    isLoading.value = true
    try {
      const page = await fetchConsultations()
      if (asked !== visit) return
      put(page.items)
      if (!isLoaded.value) cursor.value = page.nextCursor ?? null
      isLoaded.value = true
      failure.value = null
    } catch (error) {
      if (asked === visit) failure.value = error
    } finally {
      if (asked === visit) isLoading.value = false
    }
  }

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || cursor.value === null) return
    const asked = visit
    isLoadingMore.value = true
    try {
      const page = await fetchConsultations(cursor.value)
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

  const loadIfUsed = () => {
    if (isLoaded.value && session.isSignedIn) void load()
  }
  realtime.onEvent('conversationStarted', loadIfUsed)
  realtime.onEvent('conversationEnded', loadIfUsed)
  realtime.onConnected(loadIfUsed)

  watch(
    () => session.me?.id,
    () => {
      visit += 1
      known.clear()
      cursor.value = null
      failure.value = null
      isLoaded.value = false
      isLoading.value = false
      moreFailed.value = false
    },
  )

  return { groups, count: computed(() => known.size), failure, isLoaded, isLoading, isLoadingMore, moreFailed, hasMore: computed(() => cursor.value !== null), load, loadMore }
})
