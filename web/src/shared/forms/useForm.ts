/**
 * A form of text fields: checks at the field when it is left and on sending, sends once at a time, and puts what the server
 * refused back at its field.
 */
import { computed, reactive, ref, shallowRef } from 'vue'
import { Problem, type FieldProblem } from '@/shared/api/problem'
import { afterPress } from './after-press'

/** Says what is wrong with a value, or nothing. */
export type Check = (value: string) => string | null

export interface FormOptions<Field extends string> {
  /** By field, named as the server names it. */
  checks: Record<Field, Check>
  send: (values: Record<Field, string>) => Promise<void>
  /** Our words for what the server refused about a field; null leaves the server's own. */
  refusal?: (field: NoInfer<Field>, problem: FieldProblem) => string | null
  /** Codes of a whole answer that are about one field. */
  fieldOfCode?: Partial<Record<string, NoInfer<Field>>>
}

export interface FieldError<Field extends string> {
  field: Field
  message: string
}

export function useForm<Field extends string>({ checks, send, refusal, fieldOfCode = {} }: FormOptions<Field>) {
  const fields = Object.keys(checks) as Field[]
  const values = reactive(Object.fromEntries(fields.map((field) => [field, '']))) as Record<Field, string>
  const errors = reactive({}) as Partial<Record<Field, string>>
  const isSending = ref(false)
  /** What went wrong with the whole, such as no signal; what belongs to a field is in `errors`. */
  const failure = shallowRef<unknown>(null)
  /** Counts refused tries, so that the summary can take the focus each time. */
  const refusals = ref(0)

  const errorList = computed(() =>
    fields.flatMap((field): FieldError<Field>[] => (errors[field] ? [{ field, message: errors[field] }] : [])),
  )

  function check(field: Field): boolean {
    const message = checks[field](values[field])
    if (message) errors[field] = message
    else Reflect.deleteProperty(errors, field)
    return message === null
  }

  /** On leaving a field. An empty one is left alone until sending: people may come back to it. */
  function left(field: Field): void {
    afterPress(() => {
      if (values[field] !== '') check(field)
    })
  }

  /** While typing, an error goes away as soon as it is no longer true, and none appears. */
  function typed(field: Field): void {
    if (errors[field]) check(field)
  }

  function takeRefusal(error: unknown): void {
    failure.value = error
    if (!(error instanceof Problem)) return
    const about = fieldOfCode[error.code]
    const problems: readonly FieldProblem[] =
      error.errors.length > 0 ? error.errors : about ? [{ field: about, code: error.code, message: error.message }] : []
    for (const problem of problems) {
      const field = fields.find((name) => name === problem.field)
      if (field) errors[field] = refusal?.(field, problem) ?? problem.message
    }
    if (errorList.value.length > 0) failure.value = null
  }

  async function submit(): Promise<void> {
    if (isSending.value) return
    failure.value = null
    if (!fields.map(check).every(Boolean)) {
      refusals.value += 1
      return
    }
    isSending.value = true
    try {
      await send({ ...values })
    } catch (error) {
      takeRefusal(error)
      refusals.value += 1
    } finally {
      isSending.value = false
    }
  }

  return { values, errors, errorList, failure, refusals, isSending, left, typed, submit }
}
