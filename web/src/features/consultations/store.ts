/** The consultations of whoever is signed in, page by page, and as they change. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import type { Consultation } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import * as server from './api'
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
      const page = await server.fetchConsultations()
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
      const page = await server.fetchConsultations(cursor.value)
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

  const find = (id: string) => known.get(id)

  /** An answer about one of them. It counts only as long as the same person is here. */
  async function keep(answer: Promise<Consultation>): Promise<Consultation> {
    const asked = visit
    const said = await answer
    if (asked === visit) put([said])
    return said
  }

  const loadOne = (id: string) => keep(server.fetchConsultation(id))
  const cancel = (id: string) => keep(server.cancelConsultation(id))
  const takeMoneyBack = (id: string) => keep(server.takeMoneyBack(id))
  const transfer = (id: string, doctorId: string) => keep(server.transferConsultation(id, doctorId))
  const reschedule = (id: string, startsAt: string) => keep(server.rescheduleConsultation(id, startsAt))
  const askForExtension = (id: string, minutes: number) => keep(server.askForExtension(id, minutes))
  const acceptExtension = (id: string) => keep(server.acceptExtension(id, find(id)?.endsAt ?? null))
  const declineExtension = (id: string) => keep(server.declineExtension(id))
  const openFollowUp = (id: string) => keep(server.openFollowUp(id))

  const loadIfUsed = () => {
    if (isLoaded.value && session.isSignedIn) void load()
  }
  // The news says which one; what became of it is asked for. One that is nowhere shown is asked for when it is.
  realtime.onEvent('consultationChanged', ({ consultationId }) => {
    if (isLoaded.value || known.has(consultationId)) loadOne(consultationId).catch(() => undefined)
  })
  realtime.onEvent('recordFinished', ({ consultationId }) => void loadOne(consultationId).catch(() => undefined))
  realtime.onEvent('conversationStarted', loadIfUsed)
  realtime.onEvent('conversationEnded', loadIfUsed)
  // What changed before the connection stood was told to nobody here: a page may show one that was asked for alone.
  realtime.onConnected(() => {
    if (isLoaded.value) return loadIfUsed()
    const open = [...known.values()].filter(({ status }) => ['awaiting_payment', 'scheduled', 'active'].includes(status))
    for (const { id } of open) loadOne(id).catch(() => undefined)
  })

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

  return { groups, count: computed(() => known.size), failure, isLoaded, isLoading, isLoadingMore, moreFailed, hasMore: computed(() => cursor.value !== null), find, load, loadMore, loadOne, cancel, takeMoneyBack, transfer, reschedule, askForExtension, acceptExtension, declineExtension, openFollowUp }
})
