import { nextTick, ref, watch, type Ref, type ShallowRef } from 'vue'
import type { Row } from '../rows'

/** Nearer to the end than this counts as being there. */
const NEAR_PX = 64

type Place = Readonly<ShallowRef<HTMLElement | null>>

/**
 * Keeps the reader's place. The list is laid out from its end (`column-reverse`), so older messages above and a keyboard below move
 * nothing; only what comes at the end does, while somebody reads further up, or while the end is not the newest yet.
 */
export function useListScroll(
  scroller: Place,
  content: Place,
  rows: Readonly<Ref<readonly Row[]>>,
  goesDown: Readonly<Ref<boolean>>,
) {
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

  async function jumpToEnd(): Promise<void> {
    await nextTick()
    if (scroller.value) scroller.value.scrollTop = 0
    look()
  }

  /** Brings a message into the middle, and the focus with it, so that reading on starts there. */
  async function lookAt(seq: number): Promise<void> {
    await nextTick()
    const line = content.value?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
    line?.scrollIntoView({ block: 'center' })
    line?.focus({ preventScroll: true })
    look()
  }

  async function keepPlace(list: HTMLElement, all: HTMLElement): Promise<void> {
    const [place, height] = [list.scrollTop, all.offsetHeight]
    await nextTick()
    list.scrollTop = place - (all.offsetHeight - height)
  }

  const lastBubble = () => {
    const row = rows.value.findLast(({ kind }) => kind === 'bubble')
    return row?.kind === 'bubble' ? row.bubble : null
  }

  watch(
    () => [lastBubble()?.key, goesDown.value] as const,
    ([key], [before, wentDown]) => {
      const bubble = lastBubble()
      if (!scroller.value || !content.value || !bubble || key === before) return
      if (bubble.outgoing) return void jumpToEnd()
      const known = rows.value.findIndex((row) => row.key === before)
      // Another part of the conversation: whoever asked for it says where to look.
      if (known < 0 || (atEnd.value && !wentDown)) return
      if (!wentDown)
        unseen.value += rows.value.slice(known + 1).filter((row) => row.kind === 'bubble' && !row.bubble.mine).length
      void keepPlace(scroller.value, content.value)
    },
  )

  return { atEnd, unseen, look, toEnd, jumpToEnd, lookAt }
}
