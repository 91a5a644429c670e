/** The list of what the features keep on this device: joined here, so that each is known before anything of it is loaded. */
import { keeper as account } from '@/features/accounts/kept-account'
import { keeper as answers } from '@/shared/api/kept-answers'
import { forgetOld, registerKeeper, type Keeper } from '@/shared/device/keepers'

/** With its texts a keeper comes when it is asked: a first visit keeps nothing. */
const lazily = (load: () => Promise<{ keeper: Keeper }>): Keeper => ({
  unsent: async (accountId) => (await (await load()).keeper.unsent?.(accountId)) ?? null,
  forget: async (accountId) => (await load()).keeper.forget(accountId),
  forgetBefore: async (instant) => (await load()).keeper.forgetBefore(instant),
})

export function joinKeepers(): void {
  registerKeeper(account)
  registerKeeper(answers)
  registerKeeper(lazily(() => import('@/features/chat/keeper')))
  registerKeeper(lazily(() => import('@/features/licensing/keeper')))
  registerKeeper(lazily(() => import('@/features/triage/keeper')))
  // Nothing that anybody waits for.
  setTimeout(() => void forgetOld(), 5_000)
}
