import { useToast } from '@nuxt/ui/composables/useToast'
import { failureText } from '@/shared/api/failure-text'
import { t } from '@/shared/i18n'

/** One at a time: what failed in one go is one failure to whoever pressed. */
export function toastFailure(error: unknown): void {
  useToast().add({
    id: 'failure',
    title: t('app.actionFailed'),
    description: failureText(error),
    color: 'error',
    icon: 'i-ph-warning-circle-fill',
  })
}
