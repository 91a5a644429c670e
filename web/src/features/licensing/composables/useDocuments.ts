import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { readPicture } from '@/features/chat/read-picture'
import { failureText } from '@/shared/api/failure-text'
import type { OwnDoctor } from '@/shared/api/types'
import { t } from '@/shared/i18n'
import { addDocument } from '../api'
import { MOST_DOCUMENTS } from '../rules'

/** A photo that was chosen and has not arrived yet. */
export interface PickedDocument {
  id: number
  file: Blob
  previewUrl: string
  /** How much is sent, 0 to 1; null while it is not being sent. */
  share: number | null
  failure: string
}

/** Chooses photos of a licence, shows them, and sends one after the other. `room` is how many more the licence takes. */
export function useDocuments(licenceId: () => string, room: () => number, sent: (doctor: OwnDoctor) => void) {
  const picked = shallowRef<readonly PickedDocument[]>([])
  const isReading = ref(false)
  const refusal = ref('')
  const isSending = computed(() => picked.value.some(({ share }) => share !== null))
  let lastId = 0

  function change(id: number, fields: Partial<PickedDocument>): void {
    picked.value = picked.value.map((document) => (document.id === id ? { ...document, ...fields } : document))
  }

  function remove(id: number): void {
    const gone = picked.value.find((document) => document.id === id)
    if (gone) URL.revokeObjectURL(gone.previewUrl)
    picked.value = picked.value.filter((document) => document !== gone)
  }

  async function pickOne(file: File): Promise<void> {
    if (picked.value.length >= room()) {
      refusal.value = t('licensing.documents.full', { most: MOST_DOCUMENTS })
      return
    }
    const readable = await readPicture(file)
    if (typeof readable === 'string') {
      refusal.value = readable
      return
    }
    lastId += 1
    picked.value = [...picked.value, { id: lastId, file: readable, previewUrl: URL.createObjectURL(readable), share: null, failure: '' }]
  }

  async function pick(files: readonly File[]): Promise<void> {
    if (isReading.value) return
    isReading.value = true
    refusal.value = ''
    for (const file of files) await pickOne(file)
    isReading.value = false
  }

  async function sendOne({ id, file }: PickedDocument): Promise<void> {
    change(id, { share: 0, failure: '' })
    try {
      const doctor = await addDocument(licenceId(), file, (share) => change(id, { share }))
      remove(id)
      sent(doctor)
    } catch (error) {
      change(id, { share: null, failure: failureText(error) })
    }
  }

  async function send(): Promise<void> {
    if (isSending.value) return
    refusal.value = ''
    for (const document of picked.value) {
      // It may have been taken out meanwhile.
      if (picked.value.some(({ id }) => id === document.id)) await sendOne(document)
    }
  }

  async function retry(document: PickedDocument): Promise<void> {
    if (!isSending.value) await sendOne(document)
  }

  onUnmounted(() => picked.value.forEach(({ previewUrl }) => URL.revokeObjectURL(previewUrl)))

  return { picked, isReading, isSending, refusal, pick, remove, send, retry }
}
