import { computed, ref, watch } from 'vue'
import type { Arrival, Row } from '../rows'

/** Whether the way up to the first unread message is offered: until its line was on the screen, which tells when it is. */
export function useUnreadLine(arrival: () => Arrival | null, rows: () => readonly Row[], goesDown: () => boolean) {
  /** Null until the line has told. */
  const isShown = ref<boolean | null>(null)
  const wasSeen = ref(false)
  watch(arrival, () => (wasSeen.value = false))

  const hasLine = computed(() => rows().some(({ kind }) => kind === 'unread'))
  /** The first unread one is further up than what is here. */
  const isFurtherUp = computed(() => {
    const [known, first] = [arrival(), rows().find(({ kind }) => kind === 'bubble')]
    return known !== null && first?.kind === 'bubble' && (first.bubble.seq ?? 0) > known.readSeq + 1
  })
  const isOffered = computed(
    () =>
      arrival() !== null &&
      !wasSeen.value &&
      !goesDown() &&
      (hasLine.value ? isShown.value === false : isFurtherUp.value),
  )

  function told(value: boolean): void {
    isShown.value = value
    if (value) wasSeen.value = true
  }

  return { isOffered, told }
}
