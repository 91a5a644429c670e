/** A begun application, as something kept on this device. */
import type { Keeper } from '@/shared/device/keepers'
import { dropBefore } from '@/shared/device/kept'
import { t } from '@/shared/i18n'
import { DRAFT_KEPT, dropDraft, place, readDraft } from './draft'

export const keeper: Keeper = {
  unsent: async (accountId) => {
    const hasWords = Object.values(readDraft(accountId)?.values ?? {}).some((value) => value.trim() !== '')
    return hasWords ? { said: t('licensing.unsent'), address: '/dokter/daftar' } : null
  },
  forget: dropDraft,
  forgetBefore: (instant) => dropBefore(place, DRAFT_KEPT, instant),
}
