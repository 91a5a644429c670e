import { useQuery } from '@pinia/colada'
import { computed, ref, shallowRef, watch } from 'vue'
import { failureText } from '@/shared/api/failure-text'
import type { Intake, Pet } from '@/shared/api/types'
import { t } from '@/shared/i18n'
import { usePickedPhotos } from '@/shared/photos/usePickedPhotos'
import { addIntakePhoto, writeIntake } from '../api'
import { signsQuery } from '../queries'
import { asked, missingIn, MOST_PHOTOS, needsWarning, type Missing } from '../rules'
import { useComplaint } from '../store'

/** Asks what is the matter. `done` gets what may go along to the payment: at once, or after a warning was read. */
export function useIntake(pet: () => Pet | null, done: (intakeId: string) => void) {
  const { words } = useComplaint()
  const { data: signs, error: signsFailure } = useQuery(signsQuery)
  const signsFailed = computed(() => signsFailure.value !== null && !signs.value)
  const missing = ref<readonly Missing[]>([])
  const intake = shallowRef<Intake | null>(null)
  const isWriting = ref(false)
  const failure = ref('')
  const photosLeft = ref(false)

  /** What has arrived beside the intake, should it be said anew. */
  const arrived: Blob[] = []
  const photos = usePickedPhotos({
    room: () => MOST_PHOTOS,
    full: () => t('triage.photosFull', { most: MOST_PHOTOS }),
    send: async (file, progress) => {
      const to = intake.value?.id
      // Changed words are said anew, and this photo with them.
      if (to === undefined) return void photos.add(file)
      await addIntakePhoto(to, file, progress)
      if (intake.value?.id === to) arrived.push(file)
      else photos.add(file)
    },
    sent: () => {},
  })
  const questions = computed(() => asked(signs.value ?? [], pet()?.species ?? null))
  const isSending = computed(() => isWriting.value || photos.isSending.value)

  /** Other words are judged anew, and their photos go along again. */
  function edit(): void {
    intake.value = null
    photosLeft.value = false
    arrived.splice(0).forEach(photos.add)
  }

  watch(words, (said) => {
    if (missing.value.length > 0) missing.value = missingIn(said)
    edit()
  })

  async function write(): Promise<Intake | null> {
    const { complaint, since } = words
    const shown = [...questions.value.danger, ...questions.value.other].map(({ code }) => code)
    const ticked = words.signs.filter((code) => shown.includes(code))
    try {
      return await writeIntake({
        petId: pet()?.id ?? null,
        complaint: complaint.trim(),
        since: since ?? 'today',
        signs: ticked,
      })
    } catch (error) {
      failure.value = failureText(error)
      return null
    }
  }

  function goOn(): void {
    if (intake.value) done(intake.value.id)
  }

  /** Says it, sends the photos, and goes on, unless something has to be read first. */
  async function submit(): Promise<void> {
    if (isSending.value) return
    failure.value = ''
    photosLeft.value = false
    missing.value = missingIn(words)
    if (missing.value.length > 0) return
    isWriting.value = true
    const said = intake.value ?? (await write())
    isWriting.value = false
    if (!said) return
    intake.value = said
    await photos.send()
    // The words were changed meanwhile: they are said anew with the next press.
    if (intake.value?.id !== said.id) return
    photosLeft.value = photos.picked.value.length > 0
    if (!photosLeft.value && !needsWarning(said.level)) goOn()
  }

  /** Photos that do not arrive keep nobody from a vet. */
  function skipPhotos(): void {
    photosLeft.value = false
    if (intake.value && !needsWarning(intake.value.level)) goOn()
  }

  /** The warning, once there is one and everything was sent. */
  const warning = computed(() =>
    intake.value && !isSending.value && !photosLeft.value && needsWarning(intake.value.level) ? intake.value : null,
  )

  return {
    words,
    questions,
    signsFailed,
    missing,
    photos,
    photosLeft,
    isSending,
    failure,
    warning,
    submit,
    skipPhotos,
    goOn,
    edit,
  }
}
