import { useQuery } from '@pinia/colada'
import { onMounted, onUnmounted, shallowRef } from 'vue'
import { appConfigQuery } from '@/shared/api/app-config'
import { useText } from '@/shared/i18n'
import { hidePopup, loadSnap, openPopup } from '../snap'

/** The gateway's popup for a page: fetched on arrival, so that it is there when the button is pressed. */
export function usePopup(closed: (isAwaited: boolean) => void) {
  const { locale } = useText()
  const { data: config, refresh } = useQuery(appConfigQuery)
  const isOpen = shallowRef(false)
  const isOpening = shallowRef(false)
  /** The script, or the word where it lies, did not arrive. */
  const hasFailed = shallowRef(false)

  async function prepare() {
    const { data, error } = await refresh()
    if (!data) throw error
    return loadSnap(data.paymentScriptUrl, data.paymentClientKey)
  }

  async function open(token: string): Promise<void> {
    if (isOpening.value || isOpen.value) return
    isOpening.value = true
    hasFailed.value = false
    try {
      const snap = await prepare()
      isOpen.value = true
      openPopup(snap, token, locale.value, (isAwaited) => {
        isOpen.value = false
        closed(isAwaited)
      })
    } catch {
      isOpen.value = false
      hasFailed.value = true
    } finally {
      isOpening.value = false
    }
  }

  function hide(): void {
    hidePopup()
    isOpen.value = false
  }

  onMounted(() => {
    prepare().catch(() => {
      hasFailed.value = true
    })
  })
  onUnmounted(hide)

  return { config, isOpen, isOpening, hasFailed, open, hide }
}
