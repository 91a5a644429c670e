import { nextTick, ref, watch, type Ref, type ShallowRef } from 'vue'
import type { Row } from '../rows'

/** Nearer to the end than this counts as being there. */
const NEAR_PX = 64

type Place = Readonly<ShallowRef<HTMLElement | null>>

/**
 * Keeps the reader's place. The list is laid out from its end (`column-reverse`), so older messages above and a keyboard below move
 * nothing; only new messages do, while somebody reads further up.
 */
export function useListScroll(scroller: Place, content: Place, rows: Readonly<Ref<readonly Row[]>>) {
  const atEnd = ref(true)
  /** How many came from the other side while the end was out of sight. */
  const unseen = ref(0)

  function look(): void {
    if (!scroller.value) return
    atEnd.value = Math.abs(scroller.value.scrollTop) < NEAR_PX
    if (atEnd.value) unseen.value = 0
  }

  function toEnd(): void {
    const list = scroller.value
    if (!list) return
    // A long way would be a blur: only the near one is shown.
    list.scrollTo({ top: 0, behavior: Math.abs(list.scrollTop) < 3 * list.clientHeight ? 'smooth' : 'auto' })
  }

  const lastBubble = () => {
    const row = rows.value.findLast(({ kind }) => kind === 'bubble')
    return row?.kind === 'bubble' ? row.bubble : null
  }

  watch(
    () => lastBubble()?.key,
    async (key, before) => {
      const bubble = lastBubble()
      if (!scroller.value || !content.value || !bubble || key === before) return
      if (bubble.outgoing) {
        await nextTick()
        scroller.value.scrollTop = 0
        return
      }
      if (atEnd.value) return
      const [place, height] = [scroller.value.scrollTop, content.value.offsetHeight]
      const known = rows.value.findIndex((row) => row.key === before)
      unseen.value += rows.value.slice(known + 1).filter((row) => row.kind === 'bubble' && !row.bubble.mine).length
      await nextTick()
      scroller.value.scrollTop = place - (content.value.offsetHeight - height)
    },
  )

  return { atEnd, unseen, look, toEnd }
}
