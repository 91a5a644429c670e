/**
 * Who was signed in here at last, as the server said it: where nobody answers, the app opens for them with what this device has.
 * It is no credential: whatever is asked of the server goes by the cookies.
 */
import type { Account, Role } from '@/shared/api/types'
import { drop, dropBefore, isRecord, keep, readKept } from '@/shared/device/kept'
import type { Keeper } from '@/shared/device/keepers'

const KEY = 'hellopet.account.'
const ROLES: readonly unknown[] = ['user', 'dokter', 'mitra', 'admin'] satisfies Role[]
const place = () => localStorage

export const keepAccount = (account: Account): void => keep(place, KEY + account.id, account)

export function keptAccount(id: string): Account | null {
  const kept = readKept(place, KEY + id)
  const isAccount = isRecord(kept) && kept.id === id && typeof kept.username === 'string' && ROLES.includes(kept.roles)
  return isAccount ? (kept as unknown as Account) : null
}

export const keeper: Keeper = {
  forget: (accountId) => drop(place, KEY + accountId),
  forgetBefore: (instant) => dropBefore(place, KEY, instant),
}
