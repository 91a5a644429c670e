import { computed, ref, type Ref, type ShallowRef } from 'vue'
import type { Row } from '../rows'

/** One bubble can be reached by Tab, the last one that had the focus or the newest; from there the arrows go on, and Enter opens its menu. */
export function useBubbleFocus(content: Readonly<ShallowRef<HTMLElement | null>>, rows: Readonly<Ref<readonly Row[]>>) {
  const focused = ref<string>()

  const reachable = computed(() => {
    const keys = rows.value.flatMap(({ kind, key }) => (kind === 'bubble' ? [key] : []))
    return focused.value !== undefined && keys.includes(focused.value) ? focused.value : keys.at(-1)
  })

  const lineOf = (event: Event) => {
    const place = event.target as Element
    return place.matches('[data-bubble]') ? place.closest<HTMLElement>('[data-key]') : null
  }

  function onFocusin(event: FocusEvent): void {
    focused.value = lineOf(event)?.dataset.key ?? focused.value
  }

  function openMenu(bubble: Element): void {
    const { left, top, width, height } = bubble.getBoundingClientRect()
    bubble.dispatchEvent(
      new MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        clientX: left + width / 2,
        clientY: top + height / 2,
      }),
    )
  }

  function onKeydown(event: KeyboardEvent): void {
    const line = lineOf(event)
    if (!line) return
    if (event.key === 'Enter') openMenu(event.target as Element)
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const all = [...(content.value?.querySelectorAll<HTMLElement>('[data-bubble]') ?? [])]
      all[all.indexOf(event.target as HTMLElement) + (event.key === 'ArrowUp' ? -1 : 1)]?.focus()
    } else return
    event.preventDefault()
  }

  return { reachable, onFocusin, onKeydown }
}
