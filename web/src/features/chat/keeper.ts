/** The chat's words and pictures, as something kept on this device. */
import type { Keeper } from '@/shared/device/keepers'
import { t } from '@/shared/i18n'

// The chat comes with the first sign-in, and what it left can be told and forgotten without it.
const onDevice = () => import('./device/database')

export const keeper: Keeper = {
  unsent: async (accountId) => {
    const { unsentIn } = await import('./unsent')
    const { count, conversationId } = await unsentIn(accountId)
    return conversationId === null
      ? null
      : { said: t('chat.unsent', { count }, count), address: `/chat/${conversationId}` }
  },
  forget: async (accountId) => (await onDevice()).clearDevice(accountId),
  forgetBefore: async (instant) => (await onDevice()).clearBefore(instant),
}
