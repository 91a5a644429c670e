import { useToast } from '@nuxt/ui/composables/useToast'
import { onMounted } from 'vue'
import { useText } from '@/shared/i18n'
import { followReleases } from './release'

/** Says when a new release is ready. It stays until it is taken or put away: whoever writes decides when. */
export function useReleases(): void {
  const { t } = useText()
  const toast = useToast()

  function offer(take: () => void): void {
    toast.add({
      id: 'release',
      title: t('app.release.ready'),
      icon: 'i-ph-arrow-clockwise',
      duration: 0,
      actions: [{ label: t('app.release.take'), onClick: take }],
    })
  }

  onMounted(() => {
    // The development server changes its files by itself.
    if (import.meta.env.PROD) void followReleases(offer).catch(() => undefined)
  })
}
