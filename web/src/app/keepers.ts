/** The list of what the features keep on this device: joined here, so that each is known before anything of it is loaded. */
import { keeper as chat } from '@/features/chat/keeper'
import { keeper as licensing } from '@/features/licensing/keeper'
import { keeper as triage } from '@/features/triage/keeper'
import { forgetOld, registerKeeper } from '@/shared/device/keepers'

export function joinKeepers(): void {
  for (const keeper of [chat, licensing, triage]) registerKeeper(keeper)
  // Nothing that anybody waits for.
  setTimeout(() => void forgetOld(), 5_000)
}
