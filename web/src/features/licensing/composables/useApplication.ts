import { ref, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { Problem } from '@/shared/api/problem'
import type { DoctorApplication, OwnDoctor } from '@/shared/api/types'
import { useForm } from '@/shared/forms/useForm'
import { apply, fetchOwnDoctor } from '../api'
import { dropDraft, keepDraft, readDraft } from '../draft'
import { applicationOf } from '../values'
import { useChecks } from './useChecks'

/** The steps of the form. The photos are the last one, once the server knows the licence that they belong to. */
export const STEPS = ['about', 'patients', 'price', 'licence'] as const

/** What the server says of `licence.number` is about the field `number` here. */
function asLicences({ status, code, message, errors, requestId, retryAfter, body }: Problem): Problem {
  const own = errors.map((problem) => ({ ...problem, field: problem.field.replace(/^licence\./, '') }))
  return new Problem(status, code, message, own, requestId, retryAfter, body)
}

/** Applies. Somebody who applied already, in another tab or before an answer got lost, has what they want. */
async function applyOnce(application: DoctorApplication): Promise<OwnDoctor> {
  try {
    return await apply(application)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const known = error.code === 'already_applied' ? await fetchOwnDoctor() : null
    if (known) return known
    throw asLicences(error)
  }
}

/** An application, step by step, kept on the device from the first letter on. */
export function useApplication(applied: (doctor: OwnDoctor) => void) {
  const accountId = useSession().me?.id ?? ''
  const checks = useChecks()
  const draft = readDraft(accountId)
  const step = ref(Math.min(Math.max(draft?.step ?? 0, 0), STEPS.length - 1))
  const goTo = (next: number) => async () => {
    step.value = next
  }

  const about = useForm({ checks: checks.about, send: goTo(1) })
  const patients = useForm({ checks: checks.patients, send: goTo(2) })
  const price = useForm({ checks: checks.price, send: goTo(3) })
  const licence = useForm({
    checks: checks.licence,
    send: async (values) => {
      const doctor = await applyOnce(applicationOf({ ...about.values, ...patients.values, ...price.values, ...values }))
      dropDraft(accountId)
      applied(doctor)
    },
  })

  const all = [about.values, patients.values, price.values, licence.values]
  for (const values of all) {
    for (const field of Object.keys(values)) Object.assign(values, { [field]: draft?.values[field] ?? '' })
  }
  watch([step, ...all], () => keepDraft(accountId, { step: step.value, values: Object.assign({}, ...all) }), {
    deep: true,
  })

  return { step, about, patients, price, licence }
}
