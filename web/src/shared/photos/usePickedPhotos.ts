import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { readPicture } from './read-picture'
import { failureText } from '@/shared/api/failure-text'

/** A photo that was chosen and has not arrived yet. */
export interface PickedPhoto {
  id: number
  file: Blob
  previewUrl: string
  /** How much is sent, 0 to 1; null while it is not being sent. */
  share: number | null
  failure: string
}

export interface PhotoDestination<Answer> {
  /** How many may be chosen now. */
  room: () => number
  /** Why there may be no more. */
  full: () => string
  /** Sends one; `progress` is told 0 to 1. */
  send: (file: Blob, progress: (share: number) => void) => Promise<Answer>
  sent: (answer: Answer) => void
}

/** Chooses photos, shows them, and sends one after the other. */
export function usePickedPhotos<Answer>({ room, full, send: sendFile, sent }: PhotoDestination<Answer>) {
  const picked = shallowRef<readonly PickedPhoto[]>([])
  const isReading = ref(false)
  const refusal = ref('')
  const isSending = computed(() => picked.value.some(({ share }) => share !== null))
  let lastId = 0

  function change(id: number, fields: Partial<PickedPhoto>): void {
    picked.value = picked.value.map((photo) => (photo.id === id ? { ...photo, ...fields } : photo))
  }

  function remove(id: number): void {
    const gone = picked.value.find((photo) => photo.id === id)
    if (gone) URL.revokeObjectURL(gone.previewUrl)
    picked.value = picked.value.filter((photo) => photo !== gone)
  }

  /** A photo that can be sent as it is. */
  function add(file: Blob): void {
    lastId += 1
    picked.value = [
      ...picked.value,
      { id: lastId, file, previewUrl: URL.createObjectURL(file), share: null, failure: '' },
    ]
  }

  async function pickOne(file: File): Promise<void> {
    if (picked.value.length >= room()) {
      refusal.value = full()
      return
    }
    const readable = await readPicture(file)
    if (typeof readable === 'string') {
      refusal.value = readable
      return
    }
    add(readable)
  }

  async function pick(files: readonly File[]): Promise<void> {
    if (isReading.value) return
    isReading.value = true
    refusal.value = ''
    for (const file of files) await pickOne(file)
    isReading.value = false
  }

  async function sendOne({ id, file }: PickedPhoto): Promise<void> {
    change(id, { share: 0, failure: '' })
    try {
      const answer = await sendFile(file, (share) => change(id, { share }))
      remove(id)
      sent(answer)
    } catch (error) {
      change(id, { share: null, failure: failureText(error) })
    }
  }

  async function send(): Promise<void> {
    if (isSending.value) return
    refusal.value = ''
    for (const photo of picked.value) {
      // It may have been taken out meanwhile.
      if (picked.value.some(({ id }) => id === photo.id)) await sendOne(photo)
    }
  }

  async function retry(photo: PickedPhoto): Promise<void> {
    if (!isSending.value) await sendOne(photo)
  }

  onUnmounted(() => picked.value.forEach(({ previewUrl }) => URL.revokeObjectURL(previewUrl)))

  return { picked, isReading, isSending, refusal, add, pick, remove, send, retry }
}
