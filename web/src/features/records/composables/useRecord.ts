import { computed, onMounted, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import { useSession } from '@/features/accounts/store'
import { useConsultations } from '@/features/consultations/store'
import type { ConsultationRecord } from '@/shared/api/types'
import { realtime } from '@/shared/realtime'
import { fetchRecord } from '../api'

/** A consultation and its summary, which may not be there yet; asked for anew when it is finished while somebody looks. */
export function useRecord(id: Readonly<Ref<string>>) {
  const session = useSession()
  const consultations = useConsultations()
  const record = shallowRef<ConsultationRecord | null>(null)
  const isLoaded = ref(false)
  const isLoading = ref(false)
  const failure = shallowRef<unknown>(null)

  const consultation = computed(() => consultations.find(id.value) ?? null)
  const isOwner = computed(() => consultation.value?.owner.id === session.me?.id)

  async function load(): Promise<void> {
    const asked = id.value
    isLoading.value = true
    // The store lets go of everything when it becomes known who is here.
    await session.ready
    try {
      const [said] = await Promise.all([fetchRecord(asked), consultations.loadOne(asked)])
      if (asked !== id.value) return
      record.value = said
      isLoaded.value = true
      failure.value = null
    } catch (error) {
      if (asked === id.value) failure.value = error
    } finally {
      if (asked === id.value) isLoading.value = false
    }
  }

  watch(
    id,
    () => {
      record.value = null
      isLoaded.value = false
      failure.value = null
      void load()
    },
    { immediate: true },
  )
  let stop: () => void = () => undefined
  onMounted(() => {
    stop = realtime.onEvent('recordFinished', ({ consultationId }) => {
      if (consultationId === id.value) void load()
    })
  })
  onUnmounted(() => stop())

  return { consultation, record, isOwner, isLoaded, isLoading, failure, load }
}
