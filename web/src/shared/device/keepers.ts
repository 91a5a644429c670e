/**
 * Everything that features keep on this device for an account, by one register: what is not sent yet can be told before somebody
 * signs out, and nothing private is left after it, in no tab. `app/keepers.ts` has the list.
 */
import type { RouteLocationRaw } from 'vue-router'
import { serverNow } from '@/shared/time/server-clock'
import { KEPT_FOR_MS } from './kept'

/** Words that nobody has got yet. */
export interface Unsent {
  /** As people read it: "3 pesan belum terkirim". */
  said: string
  /** Where they can be sent. */
  address: RouteLocationRaw
}

export interface Keeper {
  unsent?: (accountId: string) => Promise<Unsent | null>
  forget: (accountId: string) => void | Promise<void>
  /** Whosever it is: sessions end by themselves too. */
  forgetBefore: (instant: number) => void | Promise<void>
}

const keepers: Keeper[] = []
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('hellopet.forget')

async function all(work: (keeper: Keeper) => void | Promise<void>): Promise<void> {
  // One that fails keeps the others from nothing.
  await Promise.allSettled(keepers.map(async (keeper) => work(keeper)))
}

channel?.addEventListener('message', ({ data }: MessageEvent<string>) => void all((keeper) => keeper.forget(data)))

export function registerKeeper(keeper: Keeper): void {
  keepers.push(keeper)
}

/** What would be lost if this account signed out now. What cannot be known is not told. */
export async function unsentOf(accountId: string): Promise<Unsent[]> {
  const found = await Promise.all(keepers.map(({ unsent }) => unsent?.(accountId).catch(() => null)))
  return found.filter((one) => one !== null && one !== undefined)
}

/** Somebody signed out on purpose. */
export async function forgetAccount(accountId: string): Promise<void> {
  channel?.postMessage(accountId)
  await all((keeper) => keeper.forget(accountId))
}

export const forgetOld = (): Promise<void> => all((keeper) => keeper.forgetBefore(serverNow() - KEPT_FOR_MS))
