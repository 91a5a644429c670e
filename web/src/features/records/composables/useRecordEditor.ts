import { computed, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import { failureText } from '@/shared/api/failure-text'
import { Problem } from '@/shared/api/problem'
import type { ConsultationRecord } from '@/shared/api/types'
import { useText } from '@/shared/i18n'
import { finishRecord, saveRecord } from '../api'
import {
  isSameText,
  isTooLong,
  LONGEST_SECTION,
  missingOf,
  SECTIONS,
  sectionsOf,
  type Section,
  type Sections,
} from '../rules'
import { useAutosave, type SaveState } from './useAutosave'

/** The vet's words as they are typed. A draft saves itself; a finished one only when asked, since each time makes a new revision. */
export function useRecordEditor(id: Readonly<Ref<string>>, record: Ref<ConsultationRecord | null>) {
  const { t } = useText()
  const values = reactive<Sections>(sectionsOf(record.value))
  const errors = reactive<Partial<Record<Section, string>>>({})
  const failure = shallowRef<unknown>(null)
  const refusals = ref(0)
  const isSending = ref(false)

  const isFinished = computed(() => record.value?.status === 'finished')
  const saving = useAutosave(async () => {
    record.value = await saveRecord(id.value, { ...values })
  })
  const isUnsaved = computed(() => !isSameText(values, sectionsOf(record.value)))
  /** What is too long waits for its writer, and is no more saved than what is under way. */
  const saveState = computed<SaveState>(() =>
    saving.state.value === 'saved' && isUnsaved.value ? 'waiting' : saving.state.value,
  )

  // What arrives later, such as words written in another tab, must not take the place of what is being written here.
  watch(record, (said, before) => {
    if (!saving.isUnsaved.value && isSameText(values, sectionsOf(before))) Object.assign(values, sectionsOf(said))
  })

  function refuse(found: Partial<Record<Section, string>>): boolean {
    for (const section of SECTIONS) {
      if (found[section]) errors[section] = found[section]
      else Reflect.deleteProperty(errors, section)
    }
    if (Object.keys(found).length === 0) return false
    refusals.value += 1
    return true
  }

  /** Whether it can be finished; what is missing stands at its section. */
  function check(): boolean {
    failure.value = null
    const missing = Object.entries(missingOf(values)).map(([section, key]) => [
      section,
      t(key, { most: LONGEST_SECTION }),
    ])
    return !refuse(Object.fromEntries(missing))
  }

  function typed(section: Section): void {
    if (errors[section] && !missingOf(values)[section]) Reflect.deleteProperty(errors, section)
    if (!isFinished.value && !isTooLong(values)) saving.touched()
  }

  function takeRefusal(error: unknown): void {
    const about = error instanceof Problem ? error.errors : []
    if (refuse(Object.fromEntries(about.map(({ field, message }) => [field, message])))) return
    failure.value = error
    refusals.value += 1
  }

  /** One at a time; whether it went well. */
  async function send(step: () => Promise<ConsultationRecord>): Promise<boolean> {
    if (isSending.value) return false
    isSending.value = true
    failure.value = null
    try {
      record.value = await step()
      return true
    } catch (error) {
      takeRefusal(error)
      return false
    } finally {
      isSending.value = false
    }
  }

  async function finish(): Promise<boolean> {
    await saving.flush()
    if (saving.isUnsaved.value) {
      takeRefusal(saving.failure.value)
      return false
    }
    return send(() => finishRecord(id.value))
  }

  const revise = async () => check() && send(() => saveRecord(id.value, { ...values }))

  const saveFailure = computed(() => (saving.failure.value ? failureText(saving.failure.value) : ''))
  return {
    values,
    errors,
    failure,
    refusals,
    isSending,
    isFinished,
    isUnsaved,
    saveState,
    saveFailure,
    flush: saving.flush,
    typed,
    check,
    finish,
    revise,
  }
}
