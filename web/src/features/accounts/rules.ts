/** What a sign-up must look like before it is worth sending. The server has the last word. */
import type { MessageKey } from '@/shared/i18n'

type Refusal = MessageKey | null

const encoder = new TextEncoder()

/** The hash of the server reads 72 bytes; more would be cut off silently, so it is refused. */
export const PASSWORD_BYTES = { least: 8, most: 72 }

export function refuseName(value: string): Refusal {
  const name = value.trim()
  if (name === '') return 'accounts.refusals.nameMissing'
  return name.length > 80 ? 'accounts.refusals.nameLong' : null
}

export function refuseEmail(value: string): Refusal {
  const email = value.trim()
  if (email === '') return 'accounts.refusals.emailMissing'
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) ? null : 'accounts.refusals.emailIncomplete'
}

/** The digits after +62, however they were typed: `0812…`, `62812…`, `+62 812-…`. */
export function phoneDigits(value: string): string {
  return value.replace(/\D/g, '').replace(/^(?:62)?0*/, '')
}

/** As it is sent: `+6281234567890`. */
export function phoneNumber(value: string): string {
  return `+62${phoneDigits(value)}`
}

/** In groups, as people here say it: `812 3456 7890`. */
export function spacedPhone(value: string): string {
  const digits = phoneDigits(value)
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join(' ')
}

export function refusePhone(value: string): Refusal {
  const digits = phoneDigits(value)
  if (digits === '') return 'accounts.refusals.phoneMissing'
  if (!digits.startsWith('8')) return 'accounts.refusals.phoneNotMobile'
  if (digits.length < 9) return 'accounts.refusals.phoneShort'
  return digits.length > 12 ? 'accounts.refusals.phoneLong' : null
}

export function refusePassword(value: string): Refusal {
  const bytes = encoder.encode(value).length
  if (bytes === 0) return 'accounts.refusals.passwordMissing'
  if (bytes < PASSWORD_BYTES.least) return 'accounts.refusals.passwordShort'
  return bytes > PASSWORD_BYTES.most ? 'accounts.refusals.passwordLong' : null
}
