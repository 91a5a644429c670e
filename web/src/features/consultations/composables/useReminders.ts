import { useToast } from '@nuxt/ui/composables/useToast'
import { announce } from '@/shared/a11y/announce'
import { useFormats } from '@/shared/formats/useFormats'
import { useSession } from '@/features/accounts/store'
import { useText } from '@/shared/i18n'
import { realtime } from '@/shared/realtime'

/** Says before a slot that it comes, wherever somebody is. It stays until it is put away: nobody should miss it. */
export function useReminders(): void {
  const { t } = useText()
  const formats = useFormats()
  const toast = useToast()
  const session = useSession()

  realtime.onEvent('consultationReminder', async ({ consultationId, startsAt, inMinutes }) => {
    // Fetched when it is needed: the first page of a visitor has no use for it.
    const consultation = await import('../store')
      .then(({ useConsultations }) => useConsultations().loadOne(consultationId))
      .catch(() => null)
    if (!consultation) return
    const name = consultation.owner.id === session.me?.id ? consultation.doctor.username : consultation.owner.username
    const title =
      inMinutes === 60 ? t('consultations.reminder.hour') : t('consultations.reminder.title', { minutes: inMinutes })
    const description = t('consultations.reminder.text', { name, time: formats.time(startsAt) })
    // The later one takes the place of the earlier one.
    const id = `reminder-${consultationId}`
    toast.remove(id)
    toast.add({
      id,
      title,
      description,
      icon: 'i-ph-bell-ringing-fill',
      duration: 0,
      actions: [{ label: t('consultations.reminder.open'), to: `/konsultasi/${consultationId}` }],
    })
    announce(`${title}. ${description}`)
  })
}
